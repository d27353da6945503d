package dev.skep.queen.blob;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.BlobRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Blobs in memory. */
final class FakeBlobs implements Blobs {
  final Map<BlobRef, Origin> origins = new HashMap<>();
  private final Map<UUID, List<byte[]>> pieces = new HashMap<>();
  private final Set<UUID> whole = new HashSet<>();
  long held;

  @Override
  public Optional<Standing> output(AttemptRef attempt, String sha256) {
    return origins.keySet().stream()
        .filter(ref -> ref.sha256().equals(sha256) && attempt.equals(origins.get(ref).output()))
        .map(ref -> new Standing(ref, of(ref.id()).size(), whole.contains(ref.id())))
        .findFirst();
  }

  private List<byte[]> of(UUID id) {
    return pieces.computeIfAbsent(id, key -> new ArrayList<>());
  }

  @Override
  public BlobRef add(Origin origin, String sha256, long size) {
    BlobRef ref = new BlobRef(UUID.randomUUID(), sha256, size);
    origins.put(ref, origin);
    return ref;
  }

  @Override
  public Pieces pieces(UUID id) {
    return new FakePieces(of(id));
  }

  @Override
  public void complete(UUID id) {
    whole.add(id);
  }

  @Override
  public void use(UUID id) {}

  @Override
  public void remove(UUID id) {
    origins.keySet().removeIf(ref -> ref.id().equals(id));
    pieces.remove(id);
  }

  @Override
  public long held(PoolId pool) {
    return held;
  }

  @Override
  public long held(WalletAddress bringer) {
    return held;
  }

  @Override
  public int sweep() {
    return 0;
  }
}
