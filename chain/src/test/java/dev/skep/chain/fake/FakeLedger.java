package dev.skep.chain.fake;

import static dev.skep.chain.fake.FakeToken.selector;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.LedgerFunction;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.ledger.WordReader;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.Words;
import dev.skep.chain.typed.PoolTerms;
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
      Map.ofEntries(
          function(LedgerFunction.OPEN, (call, in) -> open(call, in.hash(), in)),
          function(LedgerFunction.DEPOSIT, (call, in) -> deposit(call, in.hash(), in.amount())),
          function(
              LedgerFunction.OPEN_WITH_PERMIT,
              (call, in) -> depositWithPermit(call, open(call, in.hash(), in), in)),
          function(
              LedgerFunction.DEPOSIT_WITH_PERMIT,
              (call, in) -> depositWithPermit(call, in.hash(), in)),
          function(LedgerFunction.FUND_WITH_PERMIT, FakeLedger::fund),
          function(LedgerFunction.APPOINT, (call, in) -> appoint(call, in.hash(), in)),
          function(LedgerFunction.REQUEST_WITHDRAW, FakeLedger::requestWithdraw),
          function(LedgerFunction.WITHDRAW, FakeLedger::withdraw),
          function(LedgerFunction.CLOSE_POOL, FakeLedger::closePool),
          function(LedgerFunction.RECLAIM, FakeLedger::reclaim),
          function(
              "finalizeBlock(uint64,bytes32,bytes32,bytes32,(bytes32,uint128,uint128)[],"
                  + "(uint32,address,uint128)[])",
              FakeBlocks::finalizeBlock),
          function(
              LedgerFunction.CLAIM,
              (call, in) ->
                  FakePayments.claim(
                      call,
                      in.count(),
                      new EarningLeaf(in.hash(), call.actor(), in.amount()),
                      in.dynamic())),
          function(
              LedgerFunction.CLAIM_FOR,
              (call, in) ->
                  FakePayments.claim(
                      call,
                      in.count(),
                      new EarningLeaf(in.hash(), in.address(), in.amount()),
                      in.dynamic())),
          function(LedgerFunction.REDEEM, FakePayments::redeem));

  private FakeLedger() {}

  static void run(FakeCall call, byte[] data) {
    FakeToken.dispatch(FUNCTIONS, call, data);
  }

  private static Map.Entry<String, BiConsumer<FakeCall, WordReader>> function(
      String function, BiConsumer<FakeCall, WordReader> body) {
    return Map.entry(selector(function), body);
  }

  private static Hash32 open(FakeCall call, Hash32 salt, WordReader in) {
    WalletAddress owner = call.actor();
    Hash32 poolId = Keccak.hash(new Words().address(owner).hash(salt));
    FakeRevert.unless(!call.state().pools.containsKey(poolId), "PoolExists(bytes32)");
    TokenAmount zero = TokenAmount.ZERO;
    call.state()
        .pools
        .put(
            poolId,
            new PoolAccount(owner, zero, zero, zero, zero, zero, zero, null, null, terms(in)));
    call.emit(place -> new LedgerEvent.PoolOpened(place, poolId, owner, salt));
    return poolId;
  }

  private static void deposit(FakeCall call, Hash32 poolId, TokenAmount amount) {
    FakeRevert.unless(!amount.isZero(), "NoAmount()");
    PoolAccount old = existing(call, poolId);
    FakeRevert.unless(old.closedAt() == null, "IsClosed(bytes32)");
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
    PoolAccount old = existing(call, poolId);
    boolean home = call.sender().equals(call.state().king) && old.withdrawAt() == null;
    FakeRevert.unless(home || old.owner().equals(call.actor()), "NotOwner(bytes32)");
    ask(call, poolId, old, amount);
  }

  private static void ask(FakeCall call, Hash32 poolId, PoolAccount old, TokenAmount amount) {
    Instant at = call.environment().now().plus(call.state().withdrawDelay);
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
    FakeRevert.unless(at != null && !call.environment().now().isBefore(at), "NotYet(uint48)");
    TokenAmount amount = old.withdrawAmount().min(old.rest());
    put(
        call,
        poolId,
        old,
        pool -> {
          pool.withdrawAmount = TokenAmount.ZERO;
          pool.withdrawAt = null;
        });
    giveBack(call, poolId, amount);
  }

  private static void giveBack(FakeCall call, Hash32 poolId, TokenAmount amount) {
    PoolAccount old = existing(call, poolId);
    put(call, poolId, old, pool -> pool.withdrawn = old.withdrawn().plus(amount));
    call.state().move(call.ledger(), old.owner(), amount);
    call.emit(place -> new LedgerEvent.Withdrawn(place, poolId, old.owner(), amount));
  }

  private static PoolTerms terms(WordReader in) {
    return new PoolTerms(in.address(), in.count(), in.amount());
  }

  /** Raises only: what the ledger delays the fake does not know. */
  private static void appoint(FakeCall call, Hash32 poolId, WordReader in) {
    PoolAccount old = owned(call, poolId);
    PoolTerms terms = terms(in);
    if (!terms.signer().equals(old.terms().signer())
        || terms.expiry() < old.terms().expiry()
        || terms.epochCap().compareTo(old.terms().epochCap()) < 0) {
      throw new UnsupportedOperationException("the fake can only raise");
    }
    put(call, poolId, old, pool -> pool.terms = terms);
  }

  private static void fund(FakeCall call, WordReader in) {
    Hash32 poolId = in.hash();
    appoint(call, poolId, in);
    depositWithPermit(call, poolId, in);
  }

  private static void closePool(FakeCall call, WordReader in) {
    Hash32 poolId = in.hash();
    PoolAccount old = owned(call, poolId);
    FakeRevert.unless(old.closedAt() == null, "IsClosed(bytes32)");
    Instant now = call.environment().now();
    put(call, poolId, old, pool -> pool.closedAt = now);
    ask(call, poolId, existing(call, poolId), old.deposited());
  }

  private static void reclaim(FakeCall call, WordReader in) {
    Hash32 poolId = in.hash();
    PoolAccount old = owned(call, poolId);
    Instant closed = old.closedAt();
    FakeRevert.unless(
        closed != null && !call.environment().now().isBefore(closed.plus(call.state().claimWindow)),
        "NotYet(uint48)");
    put(call, poolId, old, pool -> pool.debited = old.claimed().minus(old.redeemed()));
    TokenAmount amount = existing(call, poolId).rest();
    FakeRevert.unless(!amount.isZero(), "NoAmount()");
    giveBack(call, poolId, amount);
  }

  static PoolAccount existing(FakeCall call, Hash32 poolId) {
    PoolAccount pool = call.state().pools.get(poolId);
    FakeRevert.unless(pool != null, "NoPool(bytes32)");
    return pool;
  }

  private static PoolAccount owned(FakeCall call, Hash32 poolId) {
    PoolAccount pool = call.state().pools.get(poolId);
    FakeRevert.unless(pool != null && pool.owner().equals(call.actor()), "NotOwner(bytes32)");
    return pool;
  }

  static void put(FakeCall call, Hash32 poolId, PoolAccount old, Consumer<FakePool> change) {
    FakePool pool = new FakePool(old);
    change.accept(pool);
    call.state().pools.put(poolId, pool.account());
  }

  static <T> List<T> list(WordReader in, Function<WordReader, T> element) {
    List<T> list = new ArrayList<>();
    for (long left = in.count(); left > 0; left--) {
      list.add(element.apply(in));
    }
    return list;
  }
}
