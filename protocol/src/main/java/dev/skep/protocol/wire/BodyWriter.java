package dev.skep.protocol.wire;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes one body; used once. */
final class BodyWriter {
  private static final JsonProvider JSON = JsonProvider.provider();

  private final ByteArrayOutputStream header = new ByteArrayOutputStream(512);
  private final ByteArrayOutputStream payload = new ByteArrayOutputStream(512);
  private final JsonGenerator json = JSON.createGenerator(header);

  void write(Message message) {
    json.writeStartObject();
    if (message instanceof Pull pull) {
      list(
          "slots",
          pull.slots(),
          s -> json.write("slot", s.slot().toString()).write("credits", s.credits()));
      list("held", pull.held(), this::attempt);
    } else if (message instanceof SlotReports reports) {
      list("slots", reports.slots(), this::report);
    } else if (message instanceof Results results) {
      list("results", results.results(), this::result);
    } else if (message instanceof Offers offers) {
      list("offers", offers.offers(), this::offer);
    } else if (message instanceof Accepted accepted) {
      json.write("upTo", accepted.upTo());
      list("refused", accepted.refused(), this::refusal);
    } else if (message instanceof Cancel cancel) {
      list("attempts", cancel.attempts(), this::attempt);
    } else if (message instanceof Goodbye goodbye) {
      json.write("reason", goodbye.reason());
    }
    json.writeEnd().close();
  }

  byte[] toBytes() {
    long size = 4L + header.size() + payload.size();
    Malformed.inRange("header length", header.size(), 0, WireLimits.MAX_HEADER);
    Malformed.inRange("body length", size, 4, WireLimits.MAX_BODY);
    return ByteBuffer.allocate((int) size)
        .putInt(header.size())
        .put(header.toByteArray())
        .put(payload.toByteArray())
        .array();
  }

  private <T> void list(String name, List<T> items, Consumer<T> item) {
    json.writeStartArray(name);
    for (T each : items) {
      json.writeStartObject();
      item.accept(each);
      json.writeEnd();
    }
    json.writeEnd();
  }

  private void attempt(AttemptRef attempt) {
    json.write("job", attempt.job().toString()).write("attempt", attempt.number());
  }

  private void report(SlotReports.SlotReport report) {
    json.write("slot", report.slot().toString()).write("state", report.state().name());
    String containerId = report.containerId();
    if (containerId != null) {
      json.write("containerId", containerId);
    }
    problem(report.problem());
  }

  private void result(AttemptResult result) {
    byte[] log = result.logBytes();
    Malformed.inRange("log length", log.length, 0, WireLimits.MAX_LOG);
    attempt(result.attempt());
    json.write("slot", result.slot().toString())
        .write("outcome", (result.ok() ? Outcome.OK : Outcome.FAILED).name())
        .write("outputLength", result.output().length)
        .write("sha256", result.sha256())
        .write("runMicros", result.runMicros())
        .write("logLength", log.length)
        .write("logTruncated", result.logTruncated());
    problem(result.problem());
    blob(result.blob());
    payload.writeBytes(result.output());
    payload.writeBytes(log);
  }

  private void offer(Offer offer) {
    attempt(offer.attempt());
    json.write("slot", offer.slot().toString())
        .write("pool", offer.pool().toString())
        .write("inputLength", offer.input().length)
        .write("runLimitMillis", offer.runLimitMillis());
    if (offer.stream()) {
      json.write("stream", true);
    }
    blob(offer.blob());
    payload.writeBytes(offer.input());
  }

  private void refusal(Accepted.Refusal refusal) {
    attempt(refusal.attempt());
    json.write("code", refusal.code())
        .write("fault", refusal.fault().name())
        .write("detail", refusal.detail());
  }

  private void blob(@Nullable Blob blob) {
    if (blob != null) {
      json.writeStartObject("blob").write("sha256", blob.sha256()).write("size", blob.size());
      json.writeEnd();
    }
  }

  private void problem(@Nullable Problem problem) {
    if (problem != null) {
      json.write("problem", problem.toJson());
    }
  }
}
