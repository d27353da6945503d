package dev.skep.queen.identity;

import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sessions in memory; counts the look-ups that a cache saves. */
final class FakeSessions implements Sessions {
  final Map<String, Session> byHash = new HashMap<>();
  final Set<WalletAddress> banned = new HashSet<>();
  int lookUps;

  @Override
  public void open(Session session, byte[] tokenSha256) {
    byHash.put(HexFormat.of().formatHex(tokenSha256), session);
  }

  @Override
  public Optional<Session> find(byte[] tokenSha256, Instant now) {
    lookUps++;
    return Optional.ofNullable(byHash.get(HexFormat.of().formatHex(tokenSha256)))
        .filter(session -> now.isBefore(session.expiresAt()) && !isBanned(session.address()));
  }

  @Override
  public void revoke(UUID session, Instant now) {
    byHash.values().removeIf(open -> open.id().equals(session));
  }

  @Override
  public void revokeAll(WalletAddress address, Instant now) {
    byHash.values().removeIf(open -> open.address().equals(address));
  }

  @Override
  public boolean isBanned(WalletAddress address) {
    return banned.contains(address);
  }

  @Override
  public void forgetBefore(Instant moment) {
    byHash.values().removeIf(open -> open.expiresAt().isBefore(moment));
  }
}
