package dev.skep.chain.fake;

import dev.skep.chain.fake.FakeState.Pair;
import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.LedgerBlock;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.ledger.WordReader;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.typed.TypedDomain;
import dev.skep.chain.typed.Voucher;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;

/** The ledger's rules for claims and vouchers once more; both count on one number. */
final class FakePayments {
  private FakePayments() {}

  static void claim(FakeCall call, long number, EarningLeaf leaf, WordReader proof) {
    FakeState state = call.state();
    LedgerBlock block = state.blocks.get(number);
    FakeRevert.unless(
        block != null && !call.environment().now().isBefore(block.activeAt()), "NotActive(uint48)");
    FakeRevert.unless(
        MerkleTree.rootOf(leaf.hash(), FakeLedger.list(proof, WordReader::hash))
            .equals(block.root()),
        "WrongProof()");
    PoolAccount old = FakeLedger.existing(call, leaf.poolId());
    TokenAmount amount =
        owed(call, leaf.poolId(), leaf.provider(), leaf.cumulative())
            .min(old.reserved().minus(old.claimed()));
    FakeRevert.unless(!amount.isZero(), "NothingReserved(bytes32)");
    TokenAmount paid = pay(call, leaf.poolId(), leaf.provider(), amount);
    call.emit(
        place -> new LedgerEvent.Claimed(place, leaf.poolId(), leaf.provider(), amount, paid));
  }

  static void redeem(FakeCall call, WordReader in) {
    Voucher voucher = new Voucher(in.hash(), in.address(), in.amount());
    Hash32 poolId = voucher.poolId();
    PoolAccount old = FakeLedger.existing(call, poolId);
    FakeRevert.unless(
        call.environment().now().getEpochSecond() < old.terms().expiry(), "SignerExpired(uint48)");
    TypedDomain domain = TypedDomain.ledger(call.environment().chainId(), call.ledger());
    Signature signature = Signature.of(in.dynamic().bytes());
    FakeRevert.unless(
        signature.signer(voucher.digest(domain)).equals(old.terms().signer()), "WrongSignature()");
    TokenAmount room = FakeBlocks.room(call.state(), call.environment().now(), poolId).room();
    TokenAmount amount = owed(call, poolId, voucher.provider(), voucher.cumulative()).min(room);
    FakeRevert.unless(!amount.isZero(), "NoRoom(bytes32)");
    FakeBlocks.spend(call, poolId, amount);
    FakeLedger.put(call, poolId, old, pool -> pool.redeemed = old.redeemed().plus(amount));
    TokenAmount paid = pay(call, poolId, voucher.provider(), amount);
    call.emit(place -> new LedgerEvent.Redeemed(place, poolId, voucher.provider(), amount, paid));
  }

  private static TokenAmount owed(
      FakeCall call, Hash32 poolId, WalletAddress provider, TokenAmount cumulative) {
    TokenAmount paid = paid(call, poolId, provider);
    FakeRevert.unless(cumulative.compareTo(paid) > 0, "NothingToClaim(uint128)");
    return cumulative.minus(paid);
  }

  private static TokenAmount pay(
      FakeCall call, Hash32 poolId, WalletAddress provider, TokenAmount amount) {
    TokenAmount paid = paid(call, poolId, provider).plus(amount);
    call.state().claimed.put(new Pair(poolId, provider), paid);
    PoolAccount old = FakeLedger.existing(call, poolId);
    FakeLedger.put(call, poolId, old, pool -> pool.claimed = old.claimed().plus(amount));
    call.state().move(call.ledger(), provider, amount);
    return paid;
  }

  private static TokenAmount paid(FakeCall call, Hash32 poolId, WalletAddress provider) {
    return call.state().claimed.getOrDefault(new Pair(poolId, provider), TokenAmount.ZERO);
  }
}
