package dev.skep.king.relay;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.ledger.LedgerFunction;
import dev.skep.chain.ledger.Selector;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * Decides which signed calls we pay for. The queen checked them before; the king believes nobody,
 * for free gas for any call would soon be used up.
 */
final class ForwardCheck {
  static final BigInteger MOST_GAS = BigInteger.valueOf(2_000_000);

  private static final long LONGEST_SECONDS = 3600;
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final List<byte[]> ALLOWED =
      LedgerFunction.ALL.stream().map(Selector::of).toList();

  /** A request with its signature. */
  record Signed(ForwardRequest request, Signature signature) {}

  private final LedgerChain chain;
  private final Clock clock;

  ForwardCheck(LedgerChain chain, Clock clock) {
    this.chain = chain;
    this.clock = clock;
  }

  /** Reads the payload; refuses what we do not pay for. */
  Signed read(String payload, WalletAddress requester) {
    Signed signed = parse(payload);
    ForwardRequest request = signed.request();
    long left = request.deadline() - clock.instant().getEpochSecond();
    if (!request.from().equals(requester)) {
      throw refused("the call is from another wallet than the request");
    } else if (!request.to().equals(chain.contracts().ledger()) || !isAllowed(request.data())) {
      throw refused("only calls of the ledger's functions for owners and providers are sponsored");
    } else if (request.value().signum() != 0) {
      throw refused("a sponsored call sends no value");
    } else if (request.gas().signum() <= 0 || request.gas().compareTo(MOST_GAS) > 0) {
      throw refused("its gas must be 1 to " + MOST_GAS);
    } else if (left <= 0 || left > LONGEST_SECONDS) {
      throw refused("its deadline is over or more than an hour away");
    }
    return signed;
  }

  /** Whether an earlier call of the same wallet must be mined first. */
  boolean mustWait(Signed signed) {
    return signed.request().nonce().compareTo(chain.forwarderNonce(signed.request().from())) > 0;
  }

  /** Asks the forwarder itself: signature, nonce, deadline and trust. */
  void verify(Signed signed) {
    if (!chain.accepts(signed.request(), signed.signature())) {
      throw refused("the forwarder does not accept it: signature, nonce or deadline are wrong");
    }
  }

  private static boolean isAllowed(byte[] data) {
    return data.length >= 4
        && ALLOWED.stream().anyMatch(each -> Arrays.equals(each, Arrays.copyOf(data, 4)));
  }

  private static Signed parse(String payload) {
    try {
      JsonObject json = JSON.createReader(new StringReader(payload)).readObject();
      JsonObject request = json.getJsonObject("request");
      return new Signed(
          new ForwardRequest(
              WalletAddress.parse(request.getString("from")),
              WalletAddress.parse(request.getString("to")),
              new BigInteger(request.getString("value")),
              new BigInteger(request.getString("gas")),
              new BigInteger(request.getString("nonce")),
              Long.parseLong(request.getString("deadline")),
              Hex.decode(request.getString("data"))),
          Signature.parse(json.getString("signature")));
    } catch (SkepException e) {
      throw e;
    } catch (RuntimeException e) { // whatever is wrong with it, it is not a request
      throw refused("it cannot be read: " + e.getMessage()).causedBy(e);
    }
  }

  static SkepException refused(String why) {
    return SkepException.of("forward-refused", 422)
        .because("this call is not sponsored: " + why)
        .hint("Sign a fresh call with: skep");
  }
}
