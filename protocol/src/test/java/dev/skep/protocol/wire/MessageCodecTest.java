package dev.skep.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageCodecTest {
  private static final String JOB =
      "\"job\":\"018cc251-f400-7000-8000-000000000000\",\"attempt\":1";
  private static final String SLOT = "\"slot\":\"018cc251-f400-7000-8000-000000000000\"";

  private static byte[] body(String header, int payloadLength) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + json.length + payloadLength)
        .putInt(json.length)
        .put(json)
        .array();
  }

  private static String offer(String inputLength) {
    return "{\"offers\":[{"
        + JOB
        + ","
        + SLOT
        + ",\"pool\":\"018cc251-f400-7000-8000-000000000000\",\"inputLength\":"
        + inputLength
        + ",\"runLimitMillis\":1000}]}";
  }

  @Test
  void shouldKeepEveryByteOfAPayload() {
    Messages messages = new Messages(5);
    Results results = new Results(List.of(messages.result(), messages.result(), messages.result()));
    Results read = (Results) MessageCodec.decode(MessageType.RESULTS, MessageCodec.encode(results));
    assertThat(read).usingRecursiveComparison().isEqualTo(results);
    assertThat(read.results()).allMatch(AttemptResult::isIntact);
  }

  @ParameterizedTest
  @CsvSource({
    "-1",
    "4",
    "262145",
    "4294967295",
    "9223372036854775807",
    "1e30",
    "1e999999999",
    "0.5",
    "\"3\"",
    "null"
  })
  void shouldRefuseAHostileLengthBeforeAllocating(String length) {
    byte[] body = body(offer(length), 3);
    assertThatThrownBy(() -> MessageCodec.decode(MessageType.OFFERS, body))
        .isInstanceOf(SkepException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sha256\":\"%s\",\"size\":0}|0",
        "{\"sha256\":\"%s\",\"size\":67108865}|0",
        "{\"sha256\":\"%s\",\"size\":-1}|0",
        "{\"sha256\":\"%s\"}|0",
        "{\"sha256\":\"AB\",\"size\":1}|0",
        "{\"sha256\":\"%s\",\"size\":300000}|3"
      })
  void shouldRefuseABlobThatCannotBe(String blob, int inputLength) {
    String header =
        offer("" + inputLength)
            .replace(
                "\"runLimit", "\"blob\":" + blob.replace("%s", "ab".repeat(32)) + ",\"runLimit");
    assertThatThrownBy(() -> MessageCodec.decode(MessageType.OFFERS, body(header, inputLength)))
        .isInstanceOf(SkepException.class);
  }

  @Test
  void shouldRefuseBytesAfterTheLastItem() {
    assertThat(MessageCodec.decode(MessageType.OFFERS, body(offer("3"), 3)))
        .isInstanceOf(Offers.class);
    assertThatThrownBy(() -> MessageCodec.decode(MessageType.OFFERS, body(offer("3"), 4)))
        .isInstanceOf(SkepException.class)
        .hasMessageContaining("after the last item");
  }

  @Test
  void shouldRefuseAHeaderLengthThatLies() {
    for (int length :
        new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 5, WireLimits.MAX_HEADER + 1}) {
      byte[] body = ByteBuffer.allocate(8).putInt(length).array();
      assertThatThrownBy(() -> MessageCodec.decode(MessageType.PULL, body))
          .isInstanceOf(SkepException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PULL|[]",
        "PULL|{}",
        "PULL|{\"slots\":7,\"held\":[]}",
        "PULL|{\"slots\":[7],\"held\":[]}",
        "PULL|{\"slots\":[{\"slot\":\"x\",\"credits\":1}],\"held\":[]}",
        "PULL|{\"slots\":[],\"held\":[]} x",
        "ACCEPTED|{\"upTo\":-1,\"refused\":[]}",
        "SLOTS|{\"slots\":[{\"slot\":\"018cc251-f400-7000-8000-000000000000\",\"state\":\"LOST\"}]}",
        "GOODBYE|{\"reason\":null}",
        "GOODBYE|nonsense"
      })
  void shouldRefuseWhatIsNotThatMessage(MessageType type, String header) {
    assertThatThrownBy(() -> MessageCodec.decode(type, body(header, 0)))
        .isInstanceOf(SkepException.class);
  }

  @Test
  void shouldRefuseMoreItemsThanTheCap() {
    List<Pull.SlotCredit> many =
        Collections.nCopies(
            WireLimits.MAX_ITEMS + 1, new Pull.SlotCredit(new Messages(1).slot(), 1));
    assertThatThrownBy(() -> new Pull(many, List.of())).isInstanceOf(SkepException.class);
    String tooMany = "{\"attempts\":[" + "{},".repeat(WireLimits.MAX_ITEMS) + "{}]}";
    assertThatThrownBy(() -> MessageCodec.decode(MessageType.CANCEL, body(tooMany, 0)))
        .isInstanceOf(SkepException.class)
        .hasMessageContaining("must be 0 to");
  }

  @Test
  void shouldRefuseADeeplyNestedHeader() {
    String bomb = "{\"reason\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
    assertThatThrownBy(() -> MessageCodec.decode(MessageType.GOODBYE, body(bomb, 0)))
        .isInstanceOf(SkepException.class);
  }

  @Test
  void shouldThrowNothingButItsOwnExceptionOnGarbage() {
    Random random = new Random(99);
    Messages messages = new Messages(99);
    for (int i = 0; i < 3000; i++) {
      Message message = messages.any();
      byte[] body = MessageCodec.encode(message);
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      try {
        MessageCodec.decode(message.type(), body);
      } catch (SkepException expected) {
        assertThat(expected.status()).isLessThan(500);
      }
    }
  }
}
