package dev.skep.chain.rpc;

import dev.skep.chain.ledger.RevertReason;
import dev.skep.chain.proof.Hex;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.exceptions.ClientConnectionException;

/** Sends one request and turns whatever goes wrong into one of our own exceptions. */
final class Rpc {
  private static final int REVERTED = 3;
  private static final int TRIES = 3;

  /**
   * What nodes say of a block that a tag named and that they had not yet, or no longer, at hand.
   */
  private static final Pattern BLOCK_NOT_AT_HAND =
      Pattern.compile("BlockOutOfRange|header not found|unknown block", Pattern.CASE_INSENSITIVE);

  private Rpc() {}

  /**
   * The answer; an error the node reports becomes {@code chain-reverted}, {@code chain-refused} or,
   * when a tag such as safe moved while it was read and asking again did not help, {@code
   * chain-unreachable}.
   */
  static <T extends Response<?>> T ask(Request<?, T> request) {
    T response = askAnyway(request);
    for (int more = TRIES - 1; more > 0 && isBehind(response); more--) {
      response = askAnyway(request);
    }
    if (isBehind(response)) {
      throw unreachable(request, response.getError().getMessage());
    }
    if (response.hasError()) {
      throw refused(request.getMethod(), response.getError());
    }
    return response;
  }

  /** The answer, even if it is an error. */
  static <T extends Response<?>> T askAnyway(Request<?, T> request) {
    try {
      return request.send();
    } catch (IOException | ClientConnectionException e) {
      throw unreachable(request, e.getMessage()).causedBy(e);
    }
  }

  private static boolean isBehind(Response<?> response) {
    return response.hasError()
        && BLOCK_NOT_AT_HAND.matcher(String.valueOf(response.getError().getMessage())).find();
  }

  private static SkepException unreachable(Request<?, ?> request, @Nullable String why) {
    return SkepException.of("chain-unreachable", 503)
        .fault(Fault.CHAIN)
        .because("The chain's node did not answer " + request.getMethod() + ": " + why)
        .hint("Nothing is lost; it is asked again.");
  }

  static SkepException refused(String method, Response.Error error) {
    byte[] data = data(error.getData());
    if (error.getCode() == REVERTED || data.length >= 4) {
      return SkepException.of("chain-reverted", 422)
          .fault(Fault.CHAIN)
          .because("The contract refuses the call: " + RevertReason.of(data) + ".")
          .hint("The error's name says which rule of KingLedger was broken.");
    }
    return SkepException.of("chain-refused", 502)
        .fault(Fault.CHAIN)
        .because("The chain's node refuses " + method + ": " + error.getMessage())
        .hint("Check chain id, balance and fees of the sender.");
  }

  private static byte[] data(@Nullable String text) {
    String bare = text == null ? "" : text.replace("\"", "");
    try {
      return bare.startsWith("0x") ? Hex.decode(bare) : new byte[0];
    } catch (IllegalArgumentException notHexadecimal) {
      return new byte[0];
    }
  }
}
