package dev.skep.queen.pool;

import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.blob.FakePieces;
import dev.skep.queen.blob.Pieces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of one pool, in memory. */
final class FakePoolFiles implements PoolFiles {
  private final Map<String, Long> sizes = new HashMap<>();
  private final Map<String, List<byte[]>> pieces = new HashMap<>();
  private final Set<String> whole = new HashSet<>();
  final Set<WalletAddress> serving = new HashSet<>();

  @Override
  public Optional<Standing> find(PoolId pool, String sha256) {
    return Optional.ofNullable(sizes.get(sha256)).map(size -> standing(sha256, size));
  }

  private Standing standing(String sha256, long size) {
    return new Standing(sha256, size, of(sha256).size(), whole.contains(sha256));
  }

  private List<byte[]> of(String sha256) {
    return pieces.computeIfAbsent(sha256, key -> new ArrayList<>());
  }

  @Override
  public List<Standing> list(PoolId pool) {
    return sizes.entrySet().stream().map(e -> standing(e.getKey(), e.getValue())).toList();
  }

  @Override
  public long total(PoolId pool) {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public boolean serves(PoolId pool, WalletAddress provider) {
    return serving.contains(provider);
  }

  @Override
  public void declare(PoolId pool, Collection<DataFile> files) {
    files.forEach(file -> sizes.putIfAbsent(file.sha256(), file.size()));
  }

  @Override
  public Pieces pieces(PoolId pool, String sha256) {
    return new FakePieces(of(sha256));
  }

  @Override
  public void complete(PoolId pool, String sha256) {
    whole.add(sha256);
  }

  @Override
  public void discard(PoolId pool, String sha256) {
    of(sha256).clear();
  }

  @Override
  public void removeOfClosed() {
    sizes.clear();
  }
}
