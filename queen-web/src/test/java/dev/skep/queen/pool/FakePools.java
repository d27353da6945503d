package dev.skep.queen.pool;

import dev.skep.chain.proof.ChainPoolId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pools in memory. */
final class FakePools implements Pools, Listings {
  private final Map<PoolId, Listing> byId = new LinkedHashMap<>();
  PoolId settled;

  @Override
  public void add(PoolId id, WalletAddress owner, NewPool pool) {
    put(id, owner, pool, PoolState.OPENING);
  }

  private void put(PoolId id, WalletAddress owner, NewPool pool, PoolState state) {
    Listing.Money money = new Listing.Money(TokenAmount.ZERO, TokenAmount.ZERO, TokenAmount.ZERO);
    byId.put(
        id,
        new Listing(
            id,
            owner,
            pool.name(),
            pool.template(),
            ChainPoolId.of(owner, id).toString(),
            "00",
            PoolSpecJson.of(pool.spec()),
            new Listing.Standing(state, null, money, 0, null, Instant.EPOCH, null)));
  }

  @Override
  public Optional<Listing> find(PoolId id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public List<Listing> list(PoolFilter filter) {
    return List.copyOf(byId.values());
  }

  @Override
  public List<SlotView> slots(PoolId id) {
    return List.of();
  }

  @Override
  public int countOpen(WalletAddress owner) {
    return (int) byId.values().stream().filter(pool -> pool.owner().equals(owner)).count();
  }

  @Override
  public boolean move(PoolId id, PoolState from, PoolState to, String reason) {
    PoolState.TRANSITIONS.check(from, to);
    Listing pool = byId.get(id);
    if (pool.standing().state() != from) {
      return false;
    }
    force(id, to);
    return true;
  }

  void force(PoolId id, PoolState state) {
    Listing old = byId.get(id);
    Listing.Standing was = old.standing();
    byId.put(
        id,
        new Listing(
            id,
            old.owner(),
            old.name(),
            old.template(),
            old.chainPoolId(),
            old.programSha256(),
            old.spec(),
            new Listing.Standing(state, null, was.money(), 0, null, was.createdAt(), null)));
  }

  @Override
  public List<Settled> settled() {
    return settled == null
        ? List.of()
        : List.of(new Settled(settled, find(settled).orElseThrow().standing().state()));
  }
}
