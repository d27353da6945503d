package dev.skep.provider.wallet;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.chain.typed.TypedDomain;
import dev.skep.chain.wallet.Call;
import dev.skep.provider.queen.QueenInfo;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Signs calls to the king's contract as ERC-2771 requests and has the queen's relay carry them. A
 * request names its call, its nonce and its end, so that a relay can neither change nor repeat it.
 */
final class Relay {
  private static final long VALID_SECONDS = 900;
  private static final BigInteger GAS = BigInteger.valueOf(600_000);

  private final Purse purse;
  private final InstantSource clock;

  Relay(Purse purse, InstantSource clock) {
    this.purse = purse;
    this.clock = clock;
  }

  /** Seconds since 1970 until which something signed now is good. */
  long deadline() {
    return clock.instant().getEpochSecond() + VALID_SECONDS;
  }

  /** Carries one call; returns the hash of the transaction that did it. */
  String carry(Call call, String what) {
    ForwardRequest request =
        new ForwardRequest(
            purse.wallet().address(),
            Objects.requireNonNull(call.to(), "a relay calls a contract"),
            BigInteger.ZERO,
            GAS,
            purse.chain().forwarderNonce(purse.wallet().address()),
            deadline(),
            call.data());
    QueenInfo.Chain chain = purse.info().chain();
    TypedDomain domain = TypedDomain.forwarder(chain.chainId(), chain.forwarder());
    Signature signature = purse.wallet().sign(request.digest(domain));
    JsonObject accepted = purse.queen().post("/api/relay", json(request, signature)).object();
    return RelayRequest.read("/api/relay", accepted).await(purse.queen(), purse.patience(), what);
  }

  private static JsonObject json(ForwardRequest request, Signature signature) {
    JsonObject call =
        Json.createObjectBuilder()
            .add("from", request.from().toString())
            .add("to", request.to().toString())
            .add("value", request.value().toString())
            .add("gas", request.gas().toString())
            .add("nonce", request.nonce().toString())
            .add("deadline", request.deadline())
            .add("data", Hex.encode(request.data()))
            .build();
    return Json.createObjectBuilder()
        .add("request", call)
        .add("signature", signature.toString())
        .build();
  }
}
