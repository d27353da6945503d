package dev.skep.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skep.protocol.SkepException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.Service;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.response.EthBlockNumber;

class RpcTest {
  private static final String BEHIND =
      error("BlockOutOfRangeError: block height is 922 but requested was 921");
  private static final String SEVEN = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x7\"}";

  @Test
  void shouldAskAgainWhenATagMovedWhileItWasRead() {
    assertThat(Rpc.ask(request(BEHIND, BEHIND, SEVEN)).getBlockNumber()).isEqualTo(7);
  }

  @Test
  void shouldBeRetryableWhenTheBlockStaysAway() {
    assertThatExceptionOfType(SkepException.class)
        .isThrownBy(() -> Rpc.ask(request(BEHIND, BEHIND, BEHIND, SEVEN)))
        .satisfies(e -> assertThat(e.code()).isEqualTo("chain-unreachable"))
        .satisfies(e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void shouldNotAskAgainWhenTheNodeRefuses() {
    assertThatExceptionOfType(SkepException.class)
        .isThrownBy(() -> Rpc.ask(request(error("insufficient funds"), SEVEN)))
        .satisfies(e -> assertThat(e.code()).isEqualTo("chain-refused"));
  }

  private static String error(String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"%s\"}}"
        .formatted(message);
  }

  private static Request<?, EthBlockNumber> request(String... answers) {
    return new Request<>("eth_blockNumber", List.of(), new Scripted(answers), EthBlockNumber.class);
  }

  /** A node that gives these answers, one after the other. */
  private static final class Scripted extends Service {
    private final Queue<String> answers;

    Scripted(String... answers) {
      super(false);
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    protected InputStream performIO(String payload) {
      return new ByteArrayInputStream(answers.remove().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}
  }
}
