package dev.skep.queen.relay;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.relay.RelayRequests.Kind;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.util.Optional;
import java.util.UUID;

/** Takes requests for the king; asking for the same thing again gives the same request back. */
@ApplicationScoped
public class RelayDesk {
  @Inject RelayRequests requests;
  @Inject QueenSettings settings;
  @Inject Uuid7 ids;

  RelayRequest forward(WalletAddress caller, SignedCall call) {
    if (!call.from().equals(caller)) {
      throw SkepException.of("not-your-wallet", 403)
          .fault(Fault.CALLER)
          .because("The call is from " + call.from() + ", but " + caller + " signed in.")
          .hint("Sign in with the wallet that signed the call.");
    }
    return once(Kind.FORWARD, caller, call.payload().toString(), call.dedupe());
  }

  /** Play money for a new wallet, once; only where the token is worth nothing. */
  RelayRequest faucet(WalletAddress caller) {
    if (!settings.chain().isDevelopment()) {
      throw SkepException.of("faucet-off", 404)
          .fault(Fault.CALLER)
          .because("This chain has no faucet.")
          .hint("Buy or be sent the token; the faucet exists on the development chain only.");
    }
    String payload = Json.createObjectBuilder().add("to", caller.toString()).build().toString();
    return once(Kind.FAUCET, caller, payload, "faucet:" + caller);
  }

  RelayRequest show(WalletAddress caller, String id) {
    return parse(id)
        .flatMap(requests::find)
        .filter(request -> request.requester().equals(caller))
        .orElseThrow(
            () ->
                SkepException.of("relay-request-not-found", 404)
                    .fault(Fault.CALLER)
                    .because("This wallet has made no such request.")
                    .hint("Use the id that POST /api/relay returned."));
  }

  private RelayRequest once(Kind kind, WalletAddress caller, String payload, String dedupe) {
    requests
        .findByDedupe(dedupe)
        .filter(RelayRequest::hasFailed)
        .ifPresent(failed -> requests.release(failed.id()));
    requests.add(ids.next(), kind, caller, payload, dedupe);
    RelayRequest request =
        requests
            .findByDedupe(dedupe)
            .orElseThrow(() -> new IllegalStateException("row gone: " + dedupe));
    if (!request.payload().equals(payload)) {
      throw SkepException.of("nonce-in-use", 409)
          .fault(Fault.CALLER)
          .because("Another call of this wallet with this nonce is on its way.")
          .hint("Wait for request " + request.id() + ", then sign with the next nonce.");
    }
    return request;
  }

  private static Optional<UUID> parse(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
