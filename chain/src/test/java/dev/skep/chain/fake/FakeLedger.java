package dev.skep.chain.fake;

import static dev.skep.chain.fake.FakeToken.selector;

import dev.skep.chain.fake.FakeState.Pair;
import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.LedgerBlock;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.ledger.WordReader;
import dev.skep.chain.proof.BlockBody;
import dev.skep.chain.proof.BlockHeader;
import dev.skep.chain.proof.Debit;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.proof.Words;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** KingLedger's rules once more, in Java; the contract test holds both to the same. */
final class FakeLedger {
  private static final Map<String, BiConsumer<FakeCall, WordReader>> FUNCTIONS =
      Map.of(
          selector("open(bytes32)"), (call, in) -> open(call, in.hash()),
          selector("deposit(bytes32,uint128)"), (call, in) -> deposit(call, in.hash(), in.amount()),
          selector("openAndDepositWithPermit(bytes32,uint128,uint256,uint8,bytes32,bytes32)"),
              (call, in) -> depositWithPermit(call, open(call, in.hash()), in),
          selector("depositWithPermit(bytes32,uint128,uint256,uint8,bytes32,bytes32)"),
              (call, in) -> depositWithPermit(call, in.hash(), in),
          selector("requestWithdraw(bytes32,uint128)"), FakeLedger::requestWithdraw,
          selector("withdraw(bytes32)"), FakeLedger::withdraw,
          selector(
                  "finalizeBlock(uint64,bytes32,bytes32,bytes32,(bytes32,uint128)[],"
                      + "(bytes32,address,uint128)[])"),
              FakeLedger::finalizeBlock,
          selector("claim(uint64,bytes32,uint128,bytes32[])"),
              (call, in) ->
                  claim(call, in.count(), leaf(in.hash(), call.actor(), in), hashes(in.dynamic())),
          selector("claimFor(uint64,bytes32,address,uint128,bytes32[])"),
              (call, in) ->
                  claim(call, in.count(), leaf(in.hash(), in.address(), in), hashes(in.dynamic())));

  private FakeLedger() {}

  static void run(FakeCall call, byte[] data) {
    FakeToken.dispatch(FUNCTIONS, call, data);
  }

  private static Hash32 open(FakeCall call, Hash32 salt) {
    WalletAddress owner = call.actor();
    Hash32 poolId = Keccak.hash(new Words().address(owner).hash(salt));
    FakeRevert.unless(!call.state().pools.containsKey(poolId), "PoolExists(bytes32)");
    TokenAmount zero = TokenAmount.ZERO;
    call.state().pools.put(poolId, new PoolAccount(owner, zero, zero, zero, zero, zero, null));
    call.emit(place -> new LedgerEvent.PoolOpened(place, poolId, owner, salt));
    return poolId;
  }

  private static void deposit(FakeCall call, Hash32 poolId, TokenAmount amount) {
    FakeRevert.unless(!amount.isZero(), "NoAmount()");
    PoolAccount old = existing(call, poolId);
    call.state().spend(call.actor(), call.ledger(), amount);
    call.state().move(call.actor(), call.ledger(), amount);
    put(call, poolId, old, pool -> pool.deposited = old.deposited().plus(amount));
    WalletAddress payer = call.actor();
    call.emit(place -> new LedgerEvent.Deposited(place, poolId, payer, amount));
  }

  private static void depositWithPermit(FakeCall call, Hash32 poolId, WordReader in) {
    TokenAmount amount = in.amount();
    long deadline = in.count();
    int v = (int) in.count();
    FakeToken.permit(call, amount, deadline, new Signature(in.number(), in.number(), v));
    deposit(call, poolId, amount);
  }

  private static void requestWithdraw(FakeCall call, WordReader in) {
    Hash32 poolId = in.hash();
    TokenAmount amount = in.amount();
    FakeRevert.unless(!amount.isZero(), "NoAmount()");
    Instant at = call.environment().now().plus(call.state().withdrawDelay);
    PoolAccount old = existing(call, poolId);
    boolean home = call.sender().equals(call.state().king) && old.withdrawAt() == null;
    FakeRevert.unless(home || old.owner().equals(call.actor()), "NotOwner(bytes32)");
    put(
        call,
        poolId,
        old,
        pool -> {
          pool.withdrawAmount = amount;
          pool.withdrawAt = at;
        });
    call.emit(
        place -> new LedgerEvent.WithdrawRequested(place, poolId, amount, at.getEpochSecond()));
  }

  private static void withdraw(FakeCall call, WordReader in) {
    Hash32 poolId = in.hash();
    PoolAccount old = existing(call, poolId);
    Instant at = old.withdrawAt();
    FakeRevert.unless(at != null && !call.environment().now().isBefore(at), "NotYet(uint64)");
    TokenAmount free = old.deposited().minus(old.withdrawn()).minus(old.reserved());
    TokenAmount amount = old.withdrawAmount().min(free);
    put(
        call,
        poolId,
        old,
        pool -> {
          pool.withdrawn = old.withdrawn().plus(amount);
          pool.withdrawAmount = TokenAmount.ZERO;
          pool.withdrawAt = null;
        });
    call.state().move(call.ledger(), old.owner(), amount);
    call.emit(place -> new LedgerEvent.Withdrawn(place, poolId, old.owner(), amount));
  }

  private static void finalizeBlock(FakeCall call, WordReader in) {
    FakeState state = call.state();
    FakeRevert.unless(call.sender().equals(state.king), "NotKing(address)");
    long number = in.count();
    Hash32 parent = in.hash();
    Hash32 root = in.hash();
    Hash32 receiptsRoot = in.hash();
    List<Debit> debits = list(in.dynamic(), each -> new Debit(each.hash(), each.amount()));
    List<EarningLeaf> leaves = list(in.dynamic(), each -> leaf(each.hash(), each.address(), each));
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
    PoolAccount old = existing(call, debit.poolId());
    TokenAmount cumulative = debit.cumulative();
    FakeRevert.unless(cumulative.compareTo(old.reserved()) >= 0, "Shrinks(bytes32)");
    TokenAmount limit = old.deposited().minus(old.withdrawn());
    FakeRevert.unless(cumulative.compareTo(limit) <= 0, "Overdraw(bytes32)");
    put(call, debit.poolId(), old, pool -> pool.reserved = cumulative);
  }

  private static void claim(FakeCall call, long number, EarningLeaf leaf, List<Hash32> proof) {
    FakeState state = call.state();
    LedgerBlock block = state.blocks.get(number);
    FakeRevert.unless(
        block != null && !call.environment().now().isBefore(block.activeAt()), "NotYet(uint64)");
    FakeRevert.unless(MerkleTree.rootOf(leaf.hash(), proof).equals(block.root()), "WrongProof()");
    Pair pair = new Pair(leaf.poolId(), leaf.provider());
    TokenAmount paid = state.claimed.getOrDefault(pair, TokenAmount.ZERO);
    FakeRevert.unless(leaf.cumulative().compareTo(paid) > 0, "NothingToClaim(uint128)");
    TokenAmount amount = leaf.cumulative().minus(paid);
    PoolAccount old = existing(call, leaf.poolId());
    FakeRevert.unless(
        amount.compareTo(old.reserved().minus(old.claimed())) <= 0, "Overclaim(bytes32)");
    state.claimed.put(pair, leaf.cumulative());
    put(call, leaf.poolId(), old, pool -> pool.claimed = old.claimed().plus(amount));
    state.move(call.ledger(), leaf.provider(), amount);
    call.emit(
        place ->
            new LedgerEvent.Claimed(
                place, leaf.poolId(), leaf.provider(), amount, leaf.cumulative()));
  }

  private static PoolAccount existing(FakeCall call, Hash32 poolId) {
    PoolAccount pool = call.state().pools.get(poolId);
    FakeRevert.unless(pool != null, "NoPool(bytes32)");
    return pool;
  }

  private static void put(
      FakeCall call, Hash32 poolId, PoolAccount old, Consumer<FakePool> change) {
    FakePool pool = new FakePool(old);
    change.accept(pool);
    call.state().pools.put(poolId, pool.account());
  }

  private static EarningLeaf leaf(Hash32 poolId, WalletAddress provider, WordReader in) {
    return new EarningLeaf(poolId, provider, in.amount());
  }

  private static List<Hash32> hashes(WordReader in) {
    return list(in, WordReader::hash);
  }

  private static <T> List<T> list(WordReader in, Function<WordReader, T> element) {
    List<T> list = new ArrayList<>();
    for (long left = in.count(); left > 0; left--) {
      list.add(element.apply(in));
    }
    return list;
  }
}
