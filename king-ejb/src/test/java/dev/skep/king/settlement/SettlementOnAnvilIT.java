package dev.skep.king.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.chain.fake.Anvil;
import dev.skep.chain.fake.ChainLab;
import dev.skep.chain.fake.Sender;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.rpc.RpcConnection;
import dev.skep.chain.rpc.Web3jLedgerChain;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The king on a real database and a real node. */
class SettlementOnAnvilIT {
  private static final WalletAddress ANNA = WalletAddress.parse("0x" + "a1".repeat(20));
  private static final Wallet STRANGER = Wallet.fromMnemonic(ChainLab.MNEMONIC, 7);
  private static final TokenAmount PRICE = TokenAmount.parseHuman("0.5 SKEP");

  private Anvil anvil;
  private RpcConnection connection;
  private KingLab lab;

  @BeforeEach
  void start() {
    anvil = Anvil.start();
    connection = RpcConnection.open(anvil.url(), Duration.ofSeconds(60));
    LedgerChain chain = new Web3jLedgerChain(connection, ChainLab.plan(0).contracts());
    lab = new KingLab(KingLab.access(chain), chain, this::mine);
  }

  @AfterEach
  void stop() {
    connection.close();
    anvil.close();
  }

  private void mine(int blocks) {
    anvil.control("anvil_mine", "\"0x" + Integer.toHexString(blocks) + "\"");
  }

  private String blockState(long number) {
    return lab.rows.text("select state from block where number = ?", number);
  }

  /** Turns until the block is final; a killed king's crown may take a moment to fall. */
  private void settle(long number) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              lab.turn();
              return blockState(number).equals("FINAL");
            });
  }

  private void claim(PoolId pool, long number) {
    String where = " from earning where pool_id = ? and provider = ? and block_number = ?";
    Object[] key = {pool.value(), ANNA.toString(), number};
    EarningLeaf leaf =
        new EarningLeaf(
            lab.chainPoolId(pool),
            ANNA,
            TokenAmount.parse(lab.rows.text("select cumulative" + where, key)));
    String proof = "0x" + lab.rows.text("select encode(proof, 'hex')" + where, key);
    anvil.control("evm_increaseTime", "6");
    mine(1);
    new Sender(lab.chain)
        .succeed(
            STRANGER, lab.calls().claimFor(number, leaf, MerkleTree.unpack(Hex.decode(proof))));
  }

  @Test
  void shouldSettleAnInsertedReceiptUntilTheProviderIsPaid() {
    PoolId pool = lab.fundedPool();
    lab.receipt(pool, ANNA, PRICE);
    lab.receipt(pool, STRANGER.address(), PRICE);
    settle(1);
    claim(pool, 1);
    assertThat(lab.chain.tokenBalance(ANNA)).isEqualTo(PRICE);
    lab.turns(4);
    assertThat(lab.rows.text("select amount from claim where provider = ?", ANNA.toString()))
        .isEqualTo(PRICE.toString());
    assertThat(lab.rows.count("king_problem where resolved_at is null")).isZero();
  }

  @Test
  void shouldSurviveAReorganisationOfTheRealNode() {
    PoolId pool = lab.fundedPool();
    lab.receipt(pool, ANNA, PRICE);
    lab.king().tick();
    assertThat(lab.chain.ledgerHead()).isEqualTo(1);
    anvil.control("anvil_reorg", "1,[]");
    assertThat(lab.chain.ledgerHead()).isZero();
    settle(1);
    assertThat(
            lab.rows.count(
                "chain_tx_hash h join chain_tx t on t.id = h.tx_id where t.purpose = 'BLOCK'"))
        .isEqualTo(1);
    assertThat(lab.chain.ledgerHead()).isEqualTo(1);
  }

  @Test
  void shouldPayOnceWhenKilledBetweenOutboxAndBroadcast() throws Exception {
    PoolId pool = lab.fundedPool();
    lab.receipt(pool, ANNA, PRICE);
    for (int kill = 0; kill < 2; kill++) {
      killAtSending();
      assertThat(blockState(1)).isEqualTo("SEALED");
      assertThat(lab.rows.text("select state from chain_tx where purpose = 'BLOCK'"))
          .isEqualTo("STORED");
      assertThat(lab.chain.ledgerHead()).isZero();
    }
    settle(1);
    lab.turns(3);
    assertThat(lab.rows.count("block")).isEqualTo(1);
    assertThat(lab.chain.ledgerHead()).isEqualTo(1);
    claim(pool, 1);
    assertThat(lab.chain.tokenBalance(ANNA)).isEqualTo(PRICE);
  }

  private void killAtSending() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String database = ((PGSimpleDataSource) lab.rows.source()).getURL();
    Process king =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                DoomedKing.class.getName(),
                database,
                anvil.url())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = king.inputReader(UTF_8)) {
      assertThat(said.readLine()).isEqualTo(DoomedKing.SENDING);
    } finally {
      king.destroyForcibly().waitFor();
    }
  }
}
