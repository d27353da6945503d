package dev.skep.chain.proof;

import dev.skep.chain.fake.ChainLab;
import dev.skep.chain.fake.FakeLab;
import dev.skep.chain.fake.Gasless;
import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.wallet.KeyRole;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.List;

/**
 * Two receipts of one provider, settled in the first block of a lab, and the evidence of the first.
 */
public record SettledReceipt(Evidence evidence, ChainWitness witness) {
  private static final PoolId POOL = PoolId.parse("0190a0b0-c0d0-7000-8000-000000000001");
  private static final JobId JOB = JobId.parse("0190a0b0-c0d0-7000-8000-000000000002");
  private static final Wallet OWNER = Wallet.fromPrivateKey(Keccak.hash(new byte[] {3}));
  private static final WalletAddress PROVIDER =
      WalletAddress.parse("0x00000000000000000000000000000000000000aa");

  static SettledReceipt onAFakeChain() {
    return on(FakeLab.open());
  }

  /** Settles them for real, as the king would. */
  public static SettledReceipt on(ChainLab lab) {
    Hash32 poolId = fundedPool(lab);
    ReceiptLeaf first = receipt(poolId, 1, 5);
    ReceiptLeaf second = receipt(poolId, 2, 7);
    MerkleTree receipts = MerkleTree.of(List.of(first.hash(), second.hash()));
    EarningLeaf earning = new EarningLeaf(poolId, PROVIDER, TokenAmount.of(12));
    EarningLeaf other = new EarningLeaf(poolId, OWNER.address(), TokenAmount.of(1));
    MerkleTree earnings = MerkleTree.of(List.of(earning.hash(), other.hash()));
    BlockBody body =
        new BlockBody(
            List.of(new Debit(poolId, TokenAmount.ZERO, TokenAmount.of(12))), List.of(earning));
    BlockHeader header =
        new BlockHeader(
            1, Hash32.ZERO, earnings.root(), receipts.root(), body.dataHash(), body.debitsHash());
    Hash32 transaction =
        lab.sender()
            .succeed(
                lab.key(KeyRole.KING), new LedgerCalls(lab.contracts()).finalizeBlock(header, body))
            .hash();
    Evidence evidence =
        new Evidence(
            POOL,
            new Evidence.Proven<>(first, receipts.proof(first.hash())),
            new Evidence.Proven<>(earning, earnings.proof(earning.hash())),
            new Evidence.SettledBlock(
                header, header.hash(31337, lab.contracts().ledger()), transaction),
            new Evidence.Place(31337, lab.contracts().ledger(), lab.contracts().token()));
    return new SettledReceipt(evidence, lab.chain());
  }

  /** A chain with contracts at the same addresses, and nothing in them. */
  static ChainWitness emptyWitness() {
    return FakeLab.open().chain();
  }

  private static Hash32 fundedPool(ChainLab lab) {
    TokenAmount amount = TokenAmount.of(100);
    LedgerCalls calls = new LedgerCalls(lab.contracts());
    Gasless gasless = new Gasless(lab.chain());
    lab.sender().succeed(lab.key(KeyRole.DEPLOYER), calls.mint(OWNER.address(), amount));
    var permit = gasless.permit(OWNER, amount);
    var open =
        calls.openAndDeposit(
            ChainPoolId.salt(POOL), ChainLab.poolTerms(), permit, gasless.sign(OWNER, permit));
    lab.sender().succeed(lab.key(KeyRole.RELAY), gasless.forward(OWNER, open));
    return ChainPoolId.of(OWNER.address(), POOL);
  }

  private static ReceiptLeaf receipt(Hash32 poolId, int attempt, long amount) {
    return new ReceiptLeaf(
        new AttemptRef(JOB, attempt),
        poolId,
        PROVIDER,
        TokenAmount.of(amount),
        Keccak.hash(new Words().number(attempt)));
  }
}
