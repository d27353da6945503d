package dev.skep.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.chain.fake.Anvil;
import dev.skep.chain.fake.AnvilLab;
import dev.skep.chain.fake.ChainLab;
import dev.skep.chain.fake.LedgerChainContract;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.proof.EvidenceCheck;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.SettledReceipt;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same contract as the fake's, on a real node. */
class Web3jLedgerChainIT implements LedgerChainContract {
  private static Anvil anvil;
  private static RpcConnection connection;

  @BeforeAll
  static void start() {
    anvil = Anvil.start();
    connection = RpcConnection.open(anvil.url(), Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() {
    connection.close();
    anvil.close();
  }

  @Override
  public ChainLab lab() {
    return AnvilLab.open(anvil, connection);
  }

  @Test
  void shouldProveAReceiptToWhoeverAsksTheChain() {
    SettledReceipt settled = SettledReceipt.on(lab());
    assertThat(EvidenceCheck.run(settled.evidence(), settled.witness()))
        .hasSize(10)
        .allMatch(EvidenceCheck::passed);
    SettledReceipt elsewhere = SettledReceipt.on(lab());
    assertThat(EvidenceCheck.run(settled.evidence(), elsewhere.witness()))
        .filteredOn(check -> !check.passed())
        .extracting(EvidenceCheck::name)
        .containsExactly("ledger-token", "block-on-chain");
  }

  @Test
  void shouldSayWhenThereIsNoContractAtTheAddress() {
    WalletAddress nobody =
        WalletAddress.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    Web3jLedgerChain wrong =
        new Web3jLedgerChain(connection, new Contracts(nobody, nobody, nobody));
    assertThatThrownBy(wrong::ledgerHead)
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("chain-contract-missing"));
  }

  @Test
  void shouldSayThatNothingAnswersAndNotThatAnythingIsGone() {
    Anvil doomed = Anvil.start();
    try (RpcConnection lost = RpcConnection.open(doomed.url(), Duration.ofSeconds(60))) {
      Web3jNode node = new Web3jNode(lost);
      assertThat(node.chainId()).isEqualTo(31337);
      doomed.close();
      assertThatThrownBy(() -> node.mined(Hash32.ZERO))
          .isInstanceOfSatisfying(
              SkepException.class,
              e -> {
                assertThat(e.code()).isEqualTo("chain-unreachable");
                assertThat(e.isRetryable()).isTrue();
              });
    }
  }
}
