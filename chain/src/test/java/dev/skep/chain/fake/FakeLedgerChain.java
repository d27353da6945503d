package dev.skep.chain.fake;

import dev.skep.chain.fake.FakeCall.Environment;
import dev.skep.chain.fake.FakeState.Pair;
import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.BlockRef;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.Heads;
import dev.skep.chain.ledger.LedgerBlock;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.MinedTransaction;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.ledger.Room;
import dev.skep.chain.ledger.SendOutcome;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chain in memory that takes the same raw transactions as a real one and keeps the contracts'
 * rules. It mines each transaction at once unless {@link #automine} says otherwise; a test turns
 * time, blocks, reorganizations and the connection by hand.
 */
public final class FakeLedgerChain implements LedgerChain {
  static final BigInteger BASE_FEE = BigInteger.valueOf(1_000_000_000);
  static final long GAS = 100_000;

  private final Contracts contracts;
  private final FakeMiner miner;
  private boolean cut;
  private boolean forgetful;

  /** A chain on which nothing is deployed yet; the contracts come to life at these addresses. */
  public FakeLedgerChain(long chainId, Contracts contracts) {
    this.contracts = contracts;
    this.miner = new FakeMiner(chainId, contracts);
  }

  /** Gives wei from nowhere. */
  public synchronized void fund(WalletAddress holder, BigInteger wei) {
    FakeState state = miner.state();
    state.wei.put(holder, state.weiOf(holder).add(wei));
  }

  /** Whether a transaction is mined as soon as it is sent. */
  public synchronized void automine(boolean on) {
    miner.automine(on);
  }

  /** Mines this many blocks, the first of them with all that waits. */
  public synchronized void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      miner.mine();
    }
  }

  public synchronized void passTime(Duration time) {
    miner.passTime(time);
  }

  /** Replaces the newest blocks by empty ones; their transactions are forgotten. */
  public synchronized void reorg(int depth) {
    miner.reorg(depth);
  }

  /** From now on, or until mended, nothing answers. */
  public synchronized void cut(boolean isCut) {
    this.cut = isCut;
  }

  /** From now on the node says it accepts what it is sent, and loses it. */
  public synchronized void forgetful(boolean on) {
    this.forgetful = on;
  }

  @Override
  public long chainId() {
    return reached().chainId();
  }

  @Override
  public synchronized Heads heads() {
    FakeMiner chain = reached();
    return new Heads(chain.ref(0), chain.ref(2), chain.ref(4));
  }

  @Override
  public synchronized Optional<Hash32> blockHash(long number) {
    return reached().block(number).map(block -> block.ref().hash());
  }

  @Override
  public synchronized long minedNonce(WalletAddress sender) {
    return reached().state().nonceOf(sender);
  }

  @Override
  public synchronized BigInteger balance(WalletAddress holder) {
    return reached().state().weiOf(holder);
  }

  @Override
  public synchronized boolean hasCode(WalletAddress address) {
    return reached().state().code.contains(address);
  }

  @Override
  public Fees fees() {
    reached();
    return new Fees(BASE_FEE.shiftLeft(1).add(BigInteger.ONE), BigInteger.ONE);
  }

  @Override
  public synchronized long estimateGas(WalletAddress from, Call call) {
    try {
      reached().simulate(from, call);
      return GAS;
    } catch (FakeRevert revert) {
      throw SkepException.of("chain-reverted", 422)
          .fault(Fault.CHAIN)
          .because("The contract refuses the call: " + revert.getMessage() + ".");
    }
  }

  @Override
  public BigInteger l1Fee(SignedTransaction transaction) {
    reached();
    return BigInteger.ZERO;
  }

  @Override
  public synchronized SendOutcome send(SignedTransaction transaction) {
    FakeTransaction decoded = FakeTransaction.decode(transaction);
    return forgetful ? SendOutcome.ACCEPTED : reached().take(decoded);
  }

  @Override
  public synchronized Optional<MinedTransaction> mined(Hash32 transaction) {
    return reached().mined(transaction);
  }

  @Override
  public Contracts contracts() {
    return contracts;
  }

  @Override
  public synchronized WalletAddress ledgerToken() {
    reached().requireDeployed();
    return contracts.token();
  }

  @Override
  public synchronized long ledgerHead() {
    return deployed().head;
  }

  @Override
  public synchronized Optional<LedgerBlock> ledgerBlock(long number) {
    return Optional.ofNullable(deployed().blocks.get(number));
  }

  @Override
  public synchronized Optional<PoolAccount> pool(Hash32 poolId) {
    return Optional.ofNullable(deployed().pools.get(poolId));
  }

  @Override
  public synchronized Map<Hash32, Room> rooms(Collection<Hash32> poolIds) {
    Map<Hash32, Room> rooms = new HashMap<>();
    Instant now = reached().environment().now();
    poolIds.forEach(poolId -> rooms.put(poolId, FakeBlocks.room(deployed(), now, poolId)));
    return rooms;
  }

  @Override
  public synchronized TokenAmount claimedOf(Hash32 poolId, WalletAddress provider) {
    return deployed().claimed.getOrDefault(new Pair(poolId, provider), TokenAmount.ZERO);
  }

  @Override
  public synchronized List<LedgerEvent> events(long firstBlock, long lastBlock) {
    if (lastBlock > heads().latest().number()) {
      throw SkepException.of("chain-refused", 502)
          .fault(Fault.CHAIN)
          .because("There is no block " + lastBlock + " yet.");
    }
    List<LedgerEvent> events = new ArrayList<>();
    for (long number = firstBlock; number <= lastBlock; number++) {
      reached().block(number).ifPresent(block -> events.addAll(block.events()));
    }
    return events;
  }

  @Override
  public synchronized TokenAmount tokenBalance(WalletAddress holder) {
    return deployed().tokensOf(holder);
  }

  @Override
  public synchronized BigInteger permitNonce(WalletAddress owner) {
    return deployed().permitNonces.getOrDefault(owner, BigInteger.ZERO);
  }

  @Override
  public synchronized BigInteger forwarderNonce(WalletAddress sender) {
    return FakeToken.forwarderNonce(deployed(), sender);
  }

  @Override
  public synchronized boolean accepts(ForwardRequest request, Signature signature) {
    Environment now = reached().environment();
    WalletAddress nobody = request.from();
    return FakeToken.accepts(
        new FakeCall(deployed(), now, nobody, nobody, List.of()), request, signature);
  }

  private FakeState deployed() {
    reached().requireDeployed();
    return miner.state();
  }

  private synchronized FakeMiner reached() {
    if (cut) {
      throw SkepException.of("chain-unreachable", 503)
          .fault(Fault.CHAIN)
          .because("The fake chain is cut off.");
    }
    return miner;
  }

  /** The newest block. */
  public BlockRef head() {
    return heads().latest();
  }
}
