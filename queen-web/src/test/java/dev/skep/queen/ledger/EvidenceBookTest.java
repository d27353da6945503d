package dev.skep.queen.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.chain.proof.MerkleTree;
import dev.skep.protocol.SkepException;
import dev.skep.queen.ledger.EvidenceBook.Evidence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvidenceBookTest {
  private final FakeBlocks blocks = new FakeBlocks();
  private final EvidenceBook book = new EvidenceBook();

  @BeforeEach
  void setUp() {
    book.blocks = blocks;
    book.deployments =
        new Deployments() {
          @Override
          public Deployment require() {
            return FakeBlocks.DEPLOYMENT;
          }
        };
  }

  @Test
  void shouldProveAReceiptAllTheWayToTheBlocksHash() {
    Evidence evidence = book.of(FakeBlocks.JOB).get(0);

    assertThat(MerkleTree.rootOf(evidence.receipt().hash(), evidence.receiptProof()))
        .isEqualTo(evidence.block().roots().receiptsRoot());
    assertThat(MerkleTree.rootOf(evidence.earning().leaf().hash(), evidence.earning().proof()))
        .isEqualTo(evidence.block().roots().root());
    assertThat(
            evidence
                .block()
                .header(evidence.debitsHash())
                .hash(FakeBlocks.DEPLOYMENT.chainId(), FakeBlocks.DEPLOYMENT.ledger()))
        .isEqualTo(evidence.block().hash());
  }

  @Test
  void shouldRefuseToHandOutWhatDoesNotProve() {
    blocks.loseAReceipt();
    SkepException refused =
        catchThrowableOfType(SkepException.class, () -> book.of(FakeBlocks.JOB));
    assertThat(refused.code()).isEqualTo("evidence-inconsistent");
  }

  @Test
  void shouldHaveNoneBeforeTheReceiptIsInABlock() {
    assertThat(book.of(FakeBlocks.OTHER_JOB)).isEmpty();
  }
}
