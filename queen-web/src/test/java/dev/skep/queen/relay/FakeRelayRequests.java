package dev.skep.queen.relay;

import dev.skep.protocol.wallet.WalletAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Relay requests in memory, by their dedupe key. */
final class FakeRelayRequests implements RelayRequests {
  private final Map<String, RelayRequest> byDedupe = new LinkedHashMap<>();

  @Override
  public boolean add(UUID id, Kind kind, WalletAddress requester, String payload, String dedupe) {
    RelayRequest request = new RelayRequest(id, requester, "QUEUED", payload, null, null);
    return byDedupe.putIfAbsent(dedupe, request) == null;
  }

  @Override
  public Optional<RelayRequest> find(UUID id) {
    return byDedupe.values().stream().filter(request -> request.id().equals(id)).findFirst();
  }

  @Override
  public Optional<RelayRequest> findByDedupe(String dedupe) {
    return Optional.ofNullable(byDedupe.get(dedupe));
  }

  @Override
  public void release(UUID failed) {
    byDedupe.values().removeIf(request -> request.id().equals(failed));
  }

  void fail(UUID id) {
    byDedupe.replaceAll(
        (key, old) ->
            old.id().equals(id)
                ? new RelayRequest(id, old.requester(), "FAILED", old.payload(), null, null)
                : old);
  }
}
