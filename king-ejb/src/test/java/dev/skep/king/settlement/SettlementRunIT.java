package dev.skep.king.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.chain.fake.ChainLab;
import dev.skep.chain.fake.FakeLedgerChain;
import dev.skep.chain.fake.Gasless;
import dev.skep.chain.fake.Sender;
import dev.skep.chain.ledger.Deployment;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.ledger.MinedTransaction;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.chain.typed.PoolTerms;
import dev.skep.chain.typed.TypedDomain;
import dev.skep.chain.typed.Voucher;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.KeyRole;
import dev.skep.chain.wallet.Wallet;
import dev.skep.king.outbox.TxState;
import dev.skep.protocol.block.BlockState;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The king on a real database and the chain in memory; restarted before every turn. */
class SettlementRunIT {
  private static final WalletAddress ANNA = WalletAddress.parse("0x" + "a1".repeat(20));
  private static final WalletAddress BERT = WalletAddress.parse("0x" + "b2".repeat(20));
  private static final Wallet STRANGER = Wallet.fromMnemonic(ChainLab.MNEMONIC, 7);
  private static final TokenAmount PRICE = TokenAmount.parseHuman("0.5 SKEP");

  private static final String GAPS =
      "(select signer from chain_tx group by signer having count(*) <> max(nonce) - min(nonce) + 1)"
          + " gaps";

  private final FakeLedgerChain chain = KingLab.fakeChain();
  private final KingLab lab = KingLab.onFake(chain);

  private void claim(PoolId pool, WalletAddress provider, long number) {
    String where = " from earning where pool_id = ? and provider = ? and block_number = ?";
    TokenAmount cumulative =
        TokenAmount.parse(
            lab.rows.text("select cumulative" + where, pool.value(), provider.toString(), number));
    String proof =
        lab.rows.text(
            "select encode(proof, 'hex')" + where, pool.value(), provider.toString(), number);
    EarningLeaf leaf = new EarningLeaf(lab.chainPoolId(pool), provider, cumulative);
    chain.fund(STRANGER.address(), BigInteger.TEN.pow(18));
    chain.passTime(ChainLab.CHALLENGE.plusSeconds(1));
    lab.mine(1);
    new Sender(chain)
        .succeed(
            STRANGER,
            lab.calls().claimFor(number, leaf, MerkleTree.unpack(Hex.decode("0x" + proof))));
  }

  private String blockState(long number) {
    return lab.rows.text("select state from block where number = ?", number);
  }

  @Test
  void shouldBringReceiptsToFinalBlocksThatProvidersClaim() {
    PoolId pool = lab.fundedPool();
    assertThat(lab.rows.text("select state from pool where id = ?", pool.value()))
        .isEqualTo("OPEN");
    assertThat(lab.rows.text("select deposited from pool where id = ?", pool.value()))
        .isEqualTo(KingLab.DEPOSIT.toString());
    lab.receipt(pool, ANNA, PRICE);
    lab.receipt(pool, ANNA, PRICE);
    lab.receipt(pool, BERT, PRICE);
    lab.turns(7);
    assertThat(blockState(1)).isEqualTo("FINAL");
    lab.receipt(pool, ANNA, PRICE);
    lab.turns(7);
    assertThat(blockState(2)).isEqualTo("FINAL");
    claim(pool, ANNA, 2);
    claim(pool, BERT, 1);
    assertThat(chain.tokenBalance(ANNA)).isEqualTo(PRICE.times(3));
    assertThat(chain.tokenBalance(BERT)).isEqualTo(PRICE);
    lab.turns(4);
    assertThat(lab.rows.count("claim")).isEqualTo(2);
    assertThat(lab.rows.text("select sum(amount) from posting")).isEqualTo("0");
    assertThat(lab.rows.count("receipt where block_number is null")).isZero();
    assertThat(lab.rows.count("king_problem where resolved_at is null")).isZero();
  }

  @Test
  void shouldMakeNoBlockWithoutReceipts() {
    lab.fundedPool();
    lab.turns(5);
    assertThat(lab.rows.count("block")).isZero();
  }

  /**
   * Dies before or after each commit, statement and chain call in turn, and pays each receipt
   * exactly once.
   */
  @Test
  void shouldPayOnceWhereverItDies() {
    PoolId pool = lab.fundedPool();
    int receipts = 0;
    boolean survived = false;
    for (int point = 1; !survived; point += 2) {
      lab.receipt(pool, ANNA, TokenAmount.of(7));
      receipts++;
      survived = dieAt(point);
      lab.turn();
    }
    lab.turns(12);
    assertThat(receipts).isGreaterThan(30);
    assertThat(lab.rows.count("block where state <> 'FINAL'")).isZero();
    assertThat(lab.rows.count("receipt where block_number is null")).isZero();
    assertThat(chain.pool(lab.chainPoolId(pool)).orElseThrow().reserved())
        .isEqualTo(TokenAmount.of(7L * receipts));
    claim(pool, ANNA, chain.ledgerHead());
    assertThat(chain.tokenBalance(ANNA)).isEqualTo(TokenAmount.of(7L * receipts));
    assertThat(lab.rows.count(GAPS)).isZero();
    assertThat(lab.rows.count("king_problem where resolved_at is null")).isZero();
  }

  private boolean dieAt(int point) {
    Sabotage sabotage = new Sabotage(point);
    try {
      SettlementRun king =
          lab.king(sabotage.of(lab.pooled), KingLab.access(sabotage.of((LedgerChain) chain)));
      for (int turn = 0; turn < 3; turn++) {
        king.tick();
        lab.mine(1);
        lab.clock.advance(Duration.ofSeconds(2));
      }
    } catch (Sabotage.Crash died) {
      return false;
    }
    return sabotage.missed();
  }

  @Test
  void shouldSendTheSameBytesAgainWhenABlockIsReorganizedAway() {
    PoolId pool = lab.fundedPool();
    lab.receipt(pool, ANNA, PRICE);
    lab.king().tick();
    lab.king().tick();
    assertThat(blockState(1)).isEqualTo("INCLUDED");
    String hash = lab.rows.text("select encode(hash, 'hex') from chain_tx where purpose = 'BLOCK'");
    chain.reorg(1);
    assertThat(chain.ledgerHead()).isZero();
    lab.king().tick();
    assertThat(blockState(1)).isEqualTo("SENT");
    lab.turns(7);
    assertThat(blockState(1)).isEqualTo("FINAL");
    assertThat(lab.rows.text("select encode(hash, 'hex') from chain_tx where purpose = 'BLOCK'"))
        .isEqualTo(hash);
    assertThat(chain.ledgerHead()).isEqualTo(1);
  }

  @Test
  void shouldSendAgainAfterASafeBlockIsReorganizedAway() {
    PoolId pool = lab.fundedPool();
    lab.receipt(pool, ANNA, PRICE);
    lab.king().tick();
    chain.mine(2);
    lab.king().tick();
    assertThat(blockState(1)).isEqualTo("SAFE");
    chain.reorg(3);
    lab.turns(9);
    assertThat(blockState(1)).isEqualTo("FINAL");
    assertThat(chain.pool(lab.chainPoolId(pool)).orElseThrow().reserved()).isEqualTo(PRICE);
  }

  @Test
  void shouldLoseNothingWhileTheChainIsAwayAndSaySo() {
    PoolId pool = lab.fundedPool();
    lab.receipt(pool, ANNA, PRICE);
    UUID request = lab.request("FAUCET", "{}", "faucet:again");
    chain.cut(true);
    SettlementRun king = lab.king();
    king.tick();
    assertThat(lab.openProblems("chain-unreachable")).isEqualTo(1);
    assertThat(lab.requestState(request)).isEqualTo("QUEUED");
    assertThat(lab.requestProblem(request))
        .contains("\"fault\":\"CHAIN\"")
        .contains("\"retryable\":true");
    assertThat(king.tick()).isFalse();
    chain.cut(false);
    lab.clock.advance(Duration.ofSeconds(40));
    assertThat(king.tick()).isTrue();
    lab.turns(7);
    assertThat(lab.openProblems("chain-unreachable")).isZero();
    assertThat(lab.requestState(request)).isEqualTo("DONE");
    assertThat(blockState(1)).isEqualTo("FINAL");
  }

  @Test
  void shouldSendAgainWhatANodeForgot() {
    PoolId pool = lab.fundedPool();
    lab.receipt(pool, ANNA, PRICE);
    chain.forgetful(true);
    lab.turn();
    chain.forgetful(false);
    lab.turn();
    assertThat(blockState(1)).isEqualTo("SENT");
    lab.clock.advance(Duration.ofSeconds(20));
    lab.turns(7);
    assertThat(blockState(1)).isEqualTo("FINAL");
  }

  @Test
  void shouldRaiseTheFeeOfAStuckTransactionAndKeepEveryHash() {
    PoolId pool = lab.fundedPool();
    chain.automine(false);
    lab.receipt(pool, ANNA, PRICE);
    lab.king().tick();
    lab.clock.advance(Duration.ofSeconds(70));
    lab.king().tick();
    String block = "chain_tx_hash h join chain_tx t on t.id = h.tx_id where t.purpose = 'BLOCK'";
    assertThat(lab.rows.count(block)).isEqualTo(2);
    lab.turns(8);
    assertThat(blockState(1)).isEqualTo("FINAL");
    assertThat(lab.rows.count("chain_tx where purpose = 'BLOCK'")).isEqualTo(1);
    assertThat(chain.ledgerHead()).isEqualTo(1);
  }

  @Test
  void shouldMakeNoOtherBlockAfterOneReverted() {
    PoolId pool = lab.fundedPool();
    lab.receipt(pool, ANNA, PRICE);
    ChainAccess reverting = KingLab.access(reverting(chain));
    lab.king(lab.rows.source(), reverting).tick();
    lab.receipt(pool, ANNA, PRICE);
    lab.clock.advance(Duration.ofSeconds(2));
    lab.king(lab.rows.source(), reverting).tick();
    assertThat(lab.openProblems("transaction-reverted")).isEqualTo(1);
    assertThat(lab.rows.count("block")).isEqualTo(1);
    assertThat(lab.rows.count("receipt where block_number is null")).isEqualTo(1);
  }

  private static LedgerChain reverting(LedgerChain chain) {
    return (LedgerChain)
        Proxy.newProxyInstance(
            LedgerChain.class.getClassLoader(),
            new Class<?>[] {LedgerChain.class},
            (self, method, arguments) -> {
              Object result = method.invoke(chain, arguments);
              return method.getName().equals("mined")
                  ? ((Optional<?>) result)
                      .map(MinedTransaction.class::cast)
                      .map(SettlementRunIT::failed)
                  : result;
            });
  }

  private static MinedTransaction failed(MinedTransaction mined) {
    return new MinedTransaction(
        mined.hash(), false, mined.block(), mined.gasUsed(), mined.created());
  }

  @Test
  void shouldLetAnOverdrawnPoolWaitWithoutHoldingUpTheOthers() {
    PoolId rich = lab.fundedPool();
    PoolId poor = lab.rows.pool(new byte[32], 1, 1, "OPEN");
    lab.receipt(poor, ANNA, PRICE);
    lab.receipt(rich, BERT, PRICE);
    lab.turns(2);
    assertThat(lab.rows.text("select receipts from block where number = 1")).isEqualTo("1");
    assertThat(lab.openProblems("pool-overdrawn")).isEqualTo(1);
    assertThat(lab.rows.count("receipt where block_number is null")).isEqualTo(1);
  }

  @Test
  void shouldKeepWhatExceedsTheCapForTheNextEpoch() {
    PoolTerms most = new PoolTerms(ChainLab.poolTerms().signer(), Gasless.DEADLINE, PRICE.times(2));
    PoolId pool = lab.fundedPool(most);
    lab.receipt(pool, ANNA, PRICE);
    lab.receipt(pool, ANNA, PRICE);
    lab.receipt(pool, BERT, PRICE);
    lab.turns(7);
    assertThat(lab.rows.count("receipt where block_number is null")).isEqualTo(1);
    assertThat(lab.openProblems("pool-capped")).isEqualTo(1);
    chain.passTime(Deployment.Periods.DEVELOPMENT.epoch());
    lab.turns(7);
    assertThat(lab.rows.count("receipt where block_number is null")).isZero();
    assertThat(blockState(2)).isEqualTo("FINAL");
    assertThat(chain.pool(lab.chainPoolId(pool)).orElseThrow().debited()).isEqualTo(PRICE.times(3));
  }

  @Test
  void shouldSettleWhatAVoucherPaidWithoutPayingItTwice() {
    PoolId pool = lab.fundedPool();
    lab.forward(lab.owner, voucherCall(pool));
    lab.turns(6);
    assertThat(lab.rows.text("select voucher from claim")).isEqualTo("t");
    lab.receipt(pool, ANNA, PRICE);
    lab.receipt(pool, ANNA, PRICE);
    lab.turns(7);
    assertThat(blockState(1)).isEqualTo("FINAL");
    assertThat(chain.pool(lab.chainPoolId(pool)).orElseThrow().debited()).isEqualTo(PRICE);
    claim(pool, ANNA, 1);
    assertThat(chain.tokenBalance(ANNA)).isEqualTo(PRICE.times(2));
    assertThat(lab.rows.count("king_problem where resolved_at is null")).isZero();
  }

  @Test
  void shouldLetOneKingWorkAtATime() {
    lab.turns(2);
    Crown crown = new Crown(lab.rows.source());
    assertThat(crown.wear(() -> assertThat(lab.king().tick()).isFalse())).isTrue();
    assertThat(lab.king().tick()).isTrue();
  }

  @Test
  void shouldTouchNothingOnAnotherChain() {
    KingLab other = KingLab.onFake(new FakeLedgerChain(10, ChainLab.plan(0).contracts()));
    other.turn();
    assertThat(other.openProblems("wrong-chain")).isEqualTo(1);
    assertThat(other.rows.count("chain_tx")).isZero();
  }

  @Test
  void shouldSayThatTheContractsAreGoneWhenTheChainLostItsState() {
    lab.turns(8);
    lab.king(lab.pooled, KingLab.access(KingLab.fakeChain())).tick();
    assertThat(lab.openProblems("contracts-gone")).isEqualTo(1);
  }

  @Test
  void shouldFundAWalletOnceAndStopAPoolWhoseOwnerLeaves() {
    PoolId pool = lab.fundedPool();
    TokenAmount rest = TokenAmount.parseHuman("900 SKEP");
    assertThat(chain.tokenBalance(lab.owner.address())).isEqualTo(rest);
    lab.request("FAUCET", "{}", "faucet:" + lab.owner.address());
    UUID leave =
        lab.forward(lab.owner, lab.calls().requestWithdraw(lab.chainPoolId(pool), KingLab.DEPOSIT));
    lab.turns(6);
    assertThat(lab.requestState(leave)).isEqualTo("DONE");
    assertThat(chain.tokenBalance(lab.owner.address())).isEqualTo(rest);
    assertThat(lab.rows.text("select withdraw_requested from pool where id = ?", pool.value()))
        .isEqualTo("t");
    chain.passTime(ChainLab.WITHDRAW_DELAY.plusSeconds(5));
    lab.forward(lab.owner, lab.calls().withdraw(lab.chainPoolId(pool)));
    lab.turns(6);
    assertThat(lab.rows.text("select deposited from pool where id = ?", pool.value()))
        .isEqualTo("0");
    assertThat(chain.tokenBalance(lab.owner.address()))
        .isEqualTo(TokenAmount.parseHuman("1000 SKEP"));
  }

  @Test
  void shouldSendTheRestOfACompletedPoolHomeOnceWhereverItDies() {
    PoolId pool = lab.fundedPool();
    lab.receipt(pool, ANNA, PRICE);
    lab.rows.run(
        "update pool set state = 'COMPLETED', version = version + 1 where id = ?", pool.value());
    for (int point = 1; point < 80; point += 3) {
      dieAt(point);
      lab.turn();
      chain.passTime(Duration.ofSeconds(5));
      lab.clock.advance(Duration.ofSeconds(5));
    }
    lab.turns(12);
    assertThat(chain.tokenBalance(lab.owner.address()))
        .isEqualTo(TokenAmount.parseHuman("1000 SKEP").minus(PRICE));
    assertThat(lab.rows.text("select deposited from pool where id = ?", pool.value()))
        .isEqualTo(PRICE.toString());
    assertThat(lab.rows.count("chain_tx where purpose = 'REFUND'")).isEqualTo(2);
    assertThat(lab.rows.count("king_problem where resolved_at is null")).isZero();
    claim(pool, ANNA, 1);
    assertThat(chain.tokenBalance(ANNA)).as("the provider loses nothing").isEqualTo(PRICE);
  }

  @Test
  void shouldKeepTheDepositOfAPoolThatStillOwes() {
    PoolId pool = lab.fundedPool();
    lab.rows.run("update pool set state = 'COMPLETED' where id = ?", pool.value());
    lab.receipt(pool, ANNA, KingLab.DEPOSIT.plus(PRICE)); // no block can take it
    lab.turns(6);
    assertThat(lab.rows.count("chain_tx where purpose = 'REFUND'")).isZero();
  }

  @Test
  void shouldKeepForProvidersWhatABlockCouldNotDebit() {
    PoolTerms most = new PoolTerms(ChainLab.poolTerms().signer(), Gasless.DEADLINE, PRICE.times(2));
    PoolId pool = lab.fundedPool(most);
    lab.receipt(pool, BERT, PRICE.times(2));
    lab.rows.run(
        "update pool set state = 'COMPLETED', version = version + 1 where id = ?", pool.value());
    lab.king(lab.pooled, KingLab.access(after("rooms", () -> redeem(pool)))).tick();
    lab.turns(7);
    chain.passTime(ChainLab.WITHDRAW_DELAY.plusSeconds(9));
    lab.clock.advance(ChainLab.WITHDRAW_DELAY.plusSeconds(9));
    lab.turns(7);
    assertThat(chain.pool(lab.chainPoolId(pool)).orElseThrow().debited()).isEqualTo(PRICE);
    assertThat(chain.pool(lab.chainPoolId(pool)).orElseThrow().withdrawn())
        .isEqualTo(KingLab.DEPOSIT.minus(PRICE.times(3)));
    assertThat(lab.openProblems("debit-short")).isEqualTo(1);
  }

  private LedgerChain after(String call, Runnable race) {
    return (LedgerChain)
        Proxy.newProxyInstance(
            LedgerChain.class.getClassLoader(),
            new Class<?>[] {LedgerChain.class},
            (self, method, arguments) -> {
              Object result = method.invoke(chain, arguments);
              if (method.getName().equals(call)) {
                race.run();
              }
              return result;
            });
  }

  /** Anna's voucher, sent by somebody else than the king's relay. */
  private void redeem(PoolId pool) {
    chain.fund(STRANGER.address(), BigInteger.TEN.pow(18));
    new Sender(chain).succeed(STRANGER, voucherCall(pool));
  }

  private Call voucherCall(PoolId pool) {
    Voucher voucher = new Voucher(lab.chainPoolId(pool), ANNA, PRICE);
    TypedDomain domain = TypedDomain.ledger(31337, chain.contracts().ledger());
    byte[] signature = ChainLab.KEYS.wallet(KeyRole.VOUCHERS).sign(voucher.digest(domain)).bytes();
    return lab.calls().redeem(voucher, signature);
  }

  @Test
  void shouldPayGasOnlyForSignedCallsOfTheLedger() {
    PoolId pool = lab.fundedPool();
    Call good = lab.calls().requestWithdraw(lab.chainPoolId(pool), PRICE);
    ForwardRequest request = lab.request(lab.owner, good);
    UUID forged = lab.forward(STRANGER, request);
    UUID otherContract =
        lab.forward(
            lab.owner, with(request, chain.contracts().token(), BigInteger.ZERO, good.data()));
    UUID value = lab.forward(lab.owner, with(request, request.to(), BigInteger.ONE, good.data()));
    UUID transfer =
        lab.forward(
            lab.owner,
            with(request, request.to(), BigInteger.ZERO, lab.calls().transfer(ANNA, PRICE).data()));
    UUID reverting = lab.forward(lab.owner, lab.calls().withdraw(Hash32.ZERO));
    UUID garbage = lab.request("FORWARD", "{\"request\":7}", "garbage");
    lab.turns(3);
    for (UUID refused : new UUID[] {forged, otherContract, value, transfer, reverting, garbage}) {
      assertThat(lab.requestState(refused)).isEqualTo("FAILED");
      assertThat(lab.requestProblem(refused)).contains("\"retryable\":false");
    }
    assertThat(lab.rows.count("chain_tx where purpose = 'FORWARD'")).isEqualTo(1);
  }

  private static ForwardRequest with(
      ForwardRequest request, WalletAddress to, BigInteger value, byte[] data) {
    return new ForwardRequest(
        request.from(), to, value, request.gas(), request.nonce(), request.deadline(), data);
  }

  @Test
  void shouldVisitEveryEdgeOfBlocksAndTransactions() {
    shouldSendAgainAfterASafeBlockIsReorganizedAway();
    SettlementRunIT included = new SettlementRunIT();
    included.shouldSendTheSameBytesAgainWhenABlockIsReorganizedAway();
    SettlementRunIT reverted = new SettlementRunIT();
    reverted.shouldMakeNoOtherBlockAfterOneReverted();
    assertThat(BlockState.TRANSITIONS.unvisited()).isEmpty();
    assertThat(TxState.TRANSITIONS.unvisited()).isEmpty();
  }
}
