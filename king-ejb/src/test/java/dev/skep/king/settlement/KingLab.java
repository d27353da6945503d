package dev.skep.king.settlement;

import dev.skep.chain.fake.ChainLab;
import dev.skep.chain.fake.FakeLedgerChain;
import dev.skep.chain.fake.Gasless;
import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.proof.ChainPoolId;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.chain.typed.Permit;
import dev.skep.chain.typed.PoolTerms;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.KeyRole;
import dev.skep.chain.wallet.Wallet;
import dev.skep.king.outbox.Delivery;
import dev.skep.persistence.postgres.PooledSource;
import dev.skep.persistence.postgres.TestRows;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntConsumer;
import javax.sql.DataSource;

/**
 * A king with a database and a chain of its own; every {@link #king()} is a freshly started one.
 */
final class KingLab {
  static final TokenAmount DEPOSIT = TokenAmount.parseHuman("100 SKEP");

  final TestRows rows = TestRows.fresh();
  final TestClock clock = new TestClock();
  final Wallet owner = Wallet.fromMnemonic(ChainLab.MNEMONIC, 5);
  final LedgerChain chain;

  final DataSource pooled = PooledSource.of(rows.source());

  private final ChainAccess access;
  private final IntConsumer miner;

  KingLab(ChainAccess access, LedgerChain chain, IntConsumer miner) {
    this.access = access;
    this.chain = chain;
    this.miner = miner;
  }

  /** A lab whose chain is in memory and has no contracts yet. */
  static KingLab onFake(FakeLedgerChain chain) {
    return new KingLab(access(chain), chain, chain::mine);
  }

  static FakeLedgerChain fakeChain() {
    FakeLedgerChain chain = new FakeLedgerChain(31337, ChainLab.plan(0).contracts());
    for (KeyRole role : KeyRole.values()) {
      chain.fund(ChainLab.KEYS.wallet(role).address(), BigInteger.TEN.pow(20));
    }
    return chain;
  }

  static ChainAccess access(LedgerChain chain) {
    return new ChainAccess() {
      @Override
      public ChainNode node() {
        return chain;
      }

      @Override
      public LedgerChain ledger(Contracts contracts) {
        return chain;
      }
    };
  }

  SettlementRun king() {
    return king(pooled, access);
  }

  SettlementRun king(DataSource source, ChainAccess chainAccess) {
    Delivery.Patience patience =
        new Delivery.Patience(
            Duration.ofSeconds(15), Duration.ofSeconds(60), BigInteger.TEN.pow(12));
    KingSettings settings = new KingSettings(31337, Duration.ofSeconds(1), true, patience);
    return new SettlementRun(
        settings,
        new SettlementRun.Parts(
            source, chainAccess, KingKeys.of(ChainLab.KEYS), clock, Uuid7.system()));
  }

  /** A restarted king's turn, and a block of the chain. */
  void turn() {
    king().tick();
    mine(1);
    clock.advance(Duration.ofSeconds(2));
  }

  void turns(int count) {
    for (int i = 0; i < count; i++) {
      turn();
    }
  }

  void mine(int blocks) {
    miner.accept(blocks);
  }

  /** A pool that was opened and funded without gas, as its owner would. */
  PoolId fundedPool() {
    return fundedPool(ChainLab.poolTerms());
  }

  PoolId fundedPool(PoolTerms terms) {
    PoolId pool = rows.newPoolId();
    rows.pool(pool, chainPoolId(pool).bytes(), 0, 1, "OPENING");
    request("FAUCET", "{}", "faucet:" + owner.address());
    turns(2);
    Permit permit = new Gasless(chain).permit(owner, DEPOSIT);
    Call call =
        calls()
            .openAndDeposit(
                ChainPoolId.salt(pool), terms, permit, new Gasless(chain).sign(owner, permit));
    forward(owner, call);
    turns(6);
    return pool;
  }

  Hash32 chainPoolId(PoolId pool) {
    return ChainPoolId.of(owner.address(), pool);
  }

  LedgerCalls calls() {
    return new LedgerCalls(chain.contracts());
  }

  UUID forward(Wallet from, Call call) {
    return forward(from, request(from, call));
  }

  ForwardRequest request(Wallet from, Call call) {
    BigInteger nonce = chain.forwarderNonce(from.address());
    long deadline = clock.instant().getEpochSecond() + 3000;
    return new ForwardRequest(
        from.address(),
        chain.contracts().ledger(),
        BigInteger.ZERO,
        BigInteger.valueOf(500_000),
        nonce,
        deadline,
        call.data());
  }

  UUID forward(Wallet signer, ForwardRequest request) {
    Signature signature = new Gasless(chain).sign(signer, request);
    return request("FORWARD", payload(request, signature), "forward:" + rows.newJobId());
  }

  static String payload(ForwardRequest request, Signature signature) {
    return """
    {"request":{"from":"%s","to":"%s","value":"%s","gas":"%s","nonce":"%s","deadline":"%d","data":"%s"},"signature":"%s"}\
    """
        .formatted(
            request.from(),
            request.to(),
            request.value(),
            request.gas(),
            request.nonce(),
            request.deadline(),
            Hex.encode(request.data()),
            signature);
  }

  UUID request(String kind, String payload, String dedupe) {
    UUID id = rows.ids().next();
    rows.run(
        "insert into chain_request (id, kind, requester, payload, dedupe, state) values (?, ?, ?,"
            + " ?, ?, 'QUEUED') on conflict (dedupe) do nothing",
        id,
        kind,
        owner.address().toString(),
        payload,
        dedupe);
    return id;
  }

  void receipt(PoolId pool, WalletAddress provider, TokenAmount amount) {
    JobId job = rows.newJobId();
    rows.run(
        "insert into receipt (job_id, attempt, pool_id, provider, amount, result_sha256) values (?,"
            + " 1, ?, ?, ?, sha256('x'))",
        job.value(),
        pool.value(),
        provider.toString(),
        new BigDecimal(amount.value()));
  }

  String requestState(UUID id) {
    return rows.text("select state from chain_request where id = ?", id);
  }

  String requestProblem(UUID id) {
    return rows.text("select problem from chain_request where id = ?", id);
  }

  long openProblems(String code) {
    return rows.count("king_problem where code = ? and resolved_at is null", code);
  }
}
