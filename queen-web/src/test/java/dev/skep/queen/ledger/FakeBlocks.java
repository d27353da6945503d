package dev.skep.queen.ledger;

import dev.skep.chain.proof.BlockBody;
import dev.skep.chain.proof.BlockHeader;
import dev.skep.chain.proof.Debit;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.proof.ReceiptLeaf;
import dev.skep.protocol.block.BlockState;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One block with three receipts of two providers, sealed as the king seals. */
final class FakeBlocks implements Blocks {
  static final JobId JOB = JobId.parse("019b76da-a800-7602-91b3-ca5d5a171600");
  static final JobId OTHER_JOB = JobId.parse("019b76da-a800-7602-91b3-ca5d5a171601");
  static final Deployment DEPLOYMENT =
      new Deployment(31337, wallet("01"), wallet("02"), wallet("03"), wallet("04"));

  private static final Hash32 POOL = Hash32.parse("0x" + "77".repeat(32));
  private static final TokenAmount PRICE = TokenAmount.of(10);

  private List<ReceiptLeaf> receipts =
      List.of(receipt(1, "a1"), receipt(2, "b2"), receipt(3, "a1"));
  private final List<EarningLeaf> leaves =
      List.of(
          new EarningLeaf(POOL, wallet("a1"), TokenAmount.of(20)),
          new EarningLeaf(POOL, wallet("b2"), TokenAmount.of(10)));
  private final MerkleTree tree = MerkleTree.of(leaves.stream().map(EarningLeaf::hash).toList());
  private final BlockView block = seal();

  private BlockView seal() {
    BlockBody body = new BlockBody(debits(1), leaves);
    Hash32 receiptsRoot = MerkleTree.of(receipts.stream().map(ReceiptLeaf::hash).toList()).root();
    BlockView.Roots roots =
        new BlockView.Roots(Hash32.ZERO, tree.root(), receiptsRoot, body.dataHash());
    BlockHeader header =
        new BlockHeader(
            1, Hash32.ZERO, tree.root(), receiptsRoot, body.dataHash(), body.debitsHash());
    return new BlockView(
        1,
        header.hash(DEPLOYMENT.chainId(), DEPLOYMENT.ledger()),
        roots,
        receipts.size(),
        BlockState.FINAL,
        new BlockView.Times(Instant.EPOCH, null, null),
        null);
  }

  void loseAReceipt() {
    receipts = receipts.subList(0, 2);
  }

  private static ReceiptLeaf receipt(int attempt, String provider) {
    Hash32 result = Hash32.parse("0x" + "0c".repeat(32));
    return new ReceiptLeaf(new AttemptRef(JOB, attempt), POOL, wallet(provider), PRICE, result);
  }

  private static WalletAddress wallet(String twoDigits) {
    return WalletAddress.parse("0x" + twoDigits.repeat(20));
  }

  @Override
  public List<BlockView> list(long below, int limit) {
    return List.of(block);
  }

  @Override
  public Optional<BlockView> find(long number) {
    return number == 1 ? Optional.of(block) : Optional.empty();
  }

  @Override
  public List<Debit> debits(long number) {
    return List.of(new Debit(POOL, TokenAmount.ZERO, TokenAmount.of(30)));
  }

  @Override
  public List<ProvenEarning> earnings(long number) {
    return leaves.stream()
        .map(leaf -> new ProvenEarning("pool", leaf, 1, "FINAL", tree.proof(leaf.hash())))
        .toList();
  }

  @Override
  public List<ReceiptLeaf> receipts(long number) {
    return receipts;
  }

  @Override
  public List<SettledReceipt> settled(JobId job) {
    return job.equals(JOB)
        ? receipts.stream().map(leaf -> new SettledReceipt("pool", leaf, 1)).toList()
        : List.of();
  }

  @Override
  public List<ProvenEarning> earnings(WalletAddress provider) {
    return earnings(1).stream().filter(e -> e.leaf().provider().equals(provider)).toList();
  }

  @Override
  public TokenAmount unsettled(WalletAddress provider) {
    return TokenAmount.ZERO;
  }
}
