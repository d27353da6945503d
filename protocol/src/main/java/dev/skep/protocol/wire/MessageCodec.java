package dev.skep.protocol.wire;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wire.Accepted.Refusal;
import dev.skep.protocol.wire.Pull.SlotCredit;
import dev.skep.protocol.wire.SlotReports.SlotReport;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * Turns messages into bodies and back: {@code u32 header length | header JSON | payloads in the
 * order of the items}.
 */
public final class MessageCodec {
  private static final JsonProvider JSON = JsonProvider.provider();

  private MessageCodec() {}

  public static byte[] encode(Message message) {
    BodyWriter body = new BodyWriter();
    body.write(message);
    return body.toBytes();
  }

  /**
   * Throws {@code message-malformed} (or the problem of a malformed id) and nothing else, whatever
   * the bytes are.
   */
  public static Message decode(MessageType type, byte[] body) {
    PayloadReader payload = new PayloadReader(body);
    HeaderReader header =
        new HeaderReader(parse(payload.take(payload.headerLength(), WireLimits.MAX_HEADER)));
    Message message = read(type, header, payload);
    payload.expectEnd();
    return message;
  }

  private static Message read(MessageType type, HeaderReader header, PayloadReader payload) {
    return switch (type) {
      case PULL ->
          new Pull(
              header.list("slots", MessageCodec::credit),
              header.list("held", HeaderReader::attempt));
      case SLOTS -> new SlotReports(header.list("slots", MessageCodec::report));
      case RESULTS -> new Results(header.list("results", item -> result(item, payload)));
      case OFFERS -> new Offers(header.list("offers", item -> offer(item, payload)));
      case ACCEPTED ->
          new Accepted(
              header.number("upTo", 0, Long.MAX_VALUE),
              header.list("refused", MessageCodec::refusal));
      case CANCEL -> new Cancel(header.list("attempts", HeaderReader::attempt));
      case GOODBYE -> new Goodbye(header.text("reason", 1000));
    };
  }

  private static SlotCredit credit(HeaderReader item) {
    return new SlotCredit(item.slot(), item.integer("credits", 0, WireLimits.MAX_CREDITS));
  }

  private static SlotReport report(HeaderReader item) {
    return new SlotReport(
        item.slot(),
        item.word("state", SlotState.class),
        item.optionalText("containerId", 128),
        item.problem());
  }

  private static AttemptResult result(HeaderReader item, PayloadReader payload) {
    AttemptRef attempt = item.attempt();
    byte[] output =
        payload.take(item.number("outputLength", 0, WireLimits.MAX_OUTPUT), WireLimits.MAX_OUTPUT);
    byte[] log = payload.take(item.number("logLength", 0, WireLimits.MAX_LOG), WireLimits.MAX_LOG);
    return new AttemptResult(
        attempt,
        item.slot(),
        item.word("outcome", Outcome.class) == Outcome.OK,
        output,
        item.text("sha256", 64),
        item.number("runMicros", 0, WireLimits.MAX_RUN_MILLIS * 1000),
        new String(log, StandardCharsets.UTF_8),
        item.flag("logTruncated"),
        item.problem(),
        item.blob());
  }

  private static Offer offer(HeaderReader item, PayloadReader payload) {
    return new Offer(
        item.attempt(),
        item.slot(),
        PoolId.parse(item.text("pool", 36)),
        payload.take(item.number("inputLength", 0, WireLimits.MAX_INPUT), WireLimits.MAX_INPUT),
        item.number("runLimitMillis", 1, WireLimits.MAX_RUN_MILLIS),
        item.optionalFlag("stream"),
        item.blob());
  }

  private static Refusal refusal(HeaderReader item) {
    return new Refusal(
        item.attempt(), item.text("code", 64), item.fault("fault"), item.text("detail", 1000));
  }

  private static JsonObject parse(byte[] header) {
    Reader text = new InputStreamReader(new ByteArrayInputStream(header), StandardCharsets.UTF_8);
    try (JsonParser parser = JSON.createParser(text)) {
      parser.next();
      JsonObject object = parser.getObject();
      if (parser.hasNext()) {
        throw Malformed.because("the header has something after its JSON object");
      }
      return object;
    } catch (SkepException e) {
      throw e;
    } catch (RuntimeException e) { // a parser says "nested too deeply" with no type of its own
      throw Malformed.because("the header is not a JSON object").causedBy(e);
    }
  }
}
