package dev.skep.chain.fake;

import dev.skep.chain.fake.FakeState.Pair;
import dev.skep.chain.ledger.LedgerBlock;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.ledger.Room;
import dev.skep.chain.ledger.WordReader;
import dev.skep.chain.proof.BlockBody;
import dev.skep.chain.proof.BlockHeader;
import dev.skep.chain.proof.Debit;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Instant;
import java.util.List;

/** The ledger's rules for blocks and caps once more. */
final class FakeBlocks {
  private FakeBlocks() {}

  static void finalizeBlock(FakeCall call, WordReader in) {
    FakeState state = call.state();
    FakeRevert.unless(call.sender().equals(state.king), "NotKing(address)");
    long number = in.count();
    Hash32 parent = in.hash();
    Hash32 root = in.hash();
    Hash32 receiptsRoot = in.hash();
    List<Debit> debits =
        FakeLedger.list(in.dynamic(), each -> new Debit(each.hash(), each.amount(), each.amount()));
    List<EarningLeaf> leaves =
        FakeLedger.list(
            in.dynamic(),
            each ->
                new EarningLeaf(
                    debits.get((int) each.count()).poolId(), each.address(), each.amount()));
    FakeRevert.unless(number == state.head + 1, "WrongNumber(uint64)");
    LedgerBlock last = state.blocks.get(state.head);
    FakeRevert.unless(
        parent.equals(last == null ? Hash32.ZERO : last.hash()), "WrongParent(bytes32)");
    debits.forEach(debit -> debit(call, debit));
    BlockBody body = new BlockBody(debits, leaves);
    Hash32 hash =
        new BlockHeader(number, parent, root, receiptsRoot, body.dataHash(), body.debitsHash())
            .hash(call.environment().chainId(), call.ledger());
    Instant activeAt = call.environment().now().plus(state.challengePeriod);
    state.head = number;
    state.blocks.put(number, new LedgerBlock(number, hash, root, activeAt));
    call.emit(
        place -> new LedgerEvent.BlockFinalized(place, number, hash, parent, root, receiptsRoot));
  }

  private static void debit(FakeCall call, Debit debit) {
    PoolAccount old = FakeLedger.existing(call, debit.poolId());
    FakeRevert.unless(debit.from().equals(old.debited()), "WrongFrom(bytes32,uint128)");
    FakeRevert.unless(debit.cumulative().compareTo(debit.from()) >= 0, "Shrinks(bytes32)");
    TokenAmount room = room(call.state(), call.environment().now(), debit.poolId()).room();
    TokenAmount taken = debit.cumulative().minus(debit.from()).min(room);
    spend(call, debit.poolId(), taken);
    TokenAmount debited = old.debited().plus(taken);
    FakeLedger.put(call, debit.poolId(), old, pool -> pool.debited = debited);
    if (!debited.equals(debit.cumulative())) {
      call.emit(
          place -> new LedgerEvent.DebitShort(place, debit.poolId(), debit.cumulative(), debited));
    }
  }

  /** What the pool's deposit and the cap of this epoch leave. */
  static Room room(FakeState state, Instant now, Hash32 poolId) {
    PoolAccount account = state.pools.get(poolId);
    if (account == null) {
      return Room.NONE;
    }
    Instant closed = account.closedAt();
    TokenAmount spent = state.spent.getOrDefault(epoch(state, now, poolId), TokenAmount.ZERO);
    TokenAmount cap = account.terms().epochCap();
    boolean over = closed != null && !now.isBefore(closed.plus(state.withdrawDelay));
    return over || spent.compareTo(cap) >= 0
        ? new Room(account.debited(), TokenAmount.ZERO)
        : new Room(account.debited(), cap.minus(spent).min(account.rest()));
  }

  static void spend(FakeCall call, Hash32 poolId, TokenAmount amount) {
    Pair epoch = epoch(call.state(), call.environment().now(), poolId);
    call.state().spent.merge(epoch, amount, TokenAmount::plus);
  }

  private static Pair epoch(FakeState state, Instant now, Hash32 poolId) {
    return new Pair(poolId, now.getEpochSecond() / state.epoch.toSeconds());
  }
}
