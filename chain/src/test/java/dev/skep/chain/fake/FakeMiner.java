package dev.skep.chain.fake;

import dev.skep.chain.fake.FakeCall.Environment;
import dev.skep.chain.ledger.BlockRef;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.LedgerEvent.Place;
import dev.skep.chain.ledger.MinedTransaction;
import dev.skep.chain.ledger.SendOutcome;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.Words;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.crypto.ContractUtils;

/** The blocks of the fake chain and what waits to get into one. */
final class FakeMiner {
  private final long chainId;
  private final Contracts contracts;
  private final List<FakeBlock> blocks = new ArrayList<>();
  private final Map<FakeState.Pair, FakeTransaction> waiting = new LinkedHashMap<>();
  private Instant now = Instant.ofEpochSecond(1_700_000_000);
  private boolean automine = true;
  private long mined;

  FakeMiner(long chainId, Contracts contracts) {
    this.chainId = chainId;
    this.contracts = contracts;
    blocks.add(new FakeBlock(nextRef(), new FakeState(), List.of(), List.of()));
  }

  long chainId() {
    return chainId;
  }

  void automine(boolean on) {
    this.automine = on;
  }

  void passTime(Duration time) {
    now = now.plus(time);
  }

  Environment environment() {
    return new Environment(chainId, contracts, now);
  }

  FakeState state() {
    return blocks.get(blocks.size() - 1).state();
  }

  /** The block this many below the newest, or the first. */
  BlockRef ref(int below) {
    return blocks.get(Math.max(0, blocks.size() - 1 - below)).ref();
  }

  Optional<FakeBlock> block(long number) {
    return number < blocks.size() ? Optional.of(blocks.get((int) number)) : Optional.empty();
  }

  Optional<MinedTransaction> mined(Hash32 hash) {
    return blocks.stream()
        .flatMap(block -> block.mined().stream())
        .filter(transaction -> transaction.hash().equals(hash))
        .findFirst();
  }

  void requireDeployed() {
    if (!state().code.contains(contracts.ledger())) {
      throw SkepException.of("chain-contract-missing", 502)
          .fault(Fault.CHAIN)
          .because("There is no contract at " + contracts.ledger() + ".");
    }
  }

  SendOutcome take(FakeTransaction transaction) {
    WalletAddress sender = transaction.sender();
    FakeState.Pair place = new FakeState.Pair(sender, transaction.content().nonce());
    FakeTransaction rival = waiting.get(place);
    if (transaction.content().nonce() < state().nonceOf(sender)) {
      return SendOutcome.NONCE_SPENT;
    }
    if (rival != null && !replaces(transaction.content().fees(), rival.content().fees())) {
      return rival.equals(transaction) ? SendOutcome.KNOWN : SendOutcome.UNDERPRICED;
    }
    refuseInvalid(transaction);
    waiting.put(place, transaction);
    if (automine) {
      mine();
    }
    return SendOutcome.ACCEPTED;
  }

  void mine() {
    now = now.plusSeconds(1);
    BlockRef ref = nextRef();
    FakeBlock block = new FakeBlock(ref, state().copy(), new ArrayList<>(), new ArrayList<>());
    boolean more = true;
    while (more) {
      Optional<FakeTransaction> next =
          waiting.values().stream()
              .filter(tx -> tx.content().nonce() == block.state().nonceOf(tx.sender()))
              .findFirst();
      next.ifPresent(transaction -> include(block, transaction));
      more = next.isPresent();
    }
    blocks.add(block);
  }

  void reorg(int depth) {
    for (int i = 0; i < depth; i++) {
      blocks.remove(blocks.size() - 1);
    }
    for (int i = 0; i < depth; i++) {
      mine();
    }
  }

  /** Runs a call on a copy of the newest state. */
  void simulate(WalletAddress from, Call call) {
    if (call.to() != null) {
      FakeCall trial = new FakeCall(state().copy(), environment(), from, from, new ArrayList<>());
      run(trial, call.to(), call);
    }
  }

  private void include(FakeBlock block, FakeTransaction transaction) {
    WalletAddress sender = transaction.sender();
    long nonce = transaction.content().nonce();
    waiting.remove(new FakeState.Pair(sender, nonce));
    FakeState state = block.state();
    state.nonces.put(sender, nonce + 1);
    BigInteger cost =
        transaction
            .price(FakeLedgerChain.BASE_FEE)
            .multiply(BigInteger.valueOf(FakeLedgerChain.GAS));
    state.wei.put(sender, state.weiOf(sender).subtract(cost));
    WalletAddress created = created(transaction);
    boolean succeeded = attempt(block, transaction);
    block
        .mined()
        .add(
            new MinedTransaction(
                transaction.hash(), succeeded, block.ref(), FakeLedgerChain.GAS, created));
  }

  private boolean attempt(FakeBlock block, FakeTransaction transaction) {
    FakeState before = block.state().copy();
    List<Function<Place, LedgerEvent>> events = new ArrayList<>();
    Call call = transaction.content().call();
    FakeCall running =
        new FakeCall(
            block.state(), environment(), transaction.sender(), transaction.sender(), events);
    try {
      WalletAddress to = call.to();
      if (to == null) {
        FakeDeployment.create(running, created(transaction), call.data());
      } else {
        run(running, to, call);
      }
    } catch (FakeRevert revert) {
      block.state().restore(before);
      return false;
    }
    for (Function<Place, LedgerEvent> event : events) {
      Place place = new Place(block.ref(), transaction.hash(), block.events().size());
      block.events().add(event.apply(place));
    }
    return true;
  }

  private void run(FakeCall running, WalletAddress to, Call call) {
    FakeState state = running.state();
    BigInteger rest = state.weiOf(running.sender()).subtract(call.value());
    FakeRevert.unless(rest.signum() >= 0 || call.value().signum() == 0, "insufficient funds");
    state.wei.put(running.sender(), rest);
    state.wei.put(to, state.weiOf(to).add(call.value()));
    byte[] data = call.data();
    if (state.code.contains(to) && to.equals(contracts.ledger())) {
      FakeLedger.run(running, data);
    } else if (state.code.contains(to)) {
      FakeToken.run(running, data);
    }
  }

  private static WalletAddress created(FakeTransaction transaction) {
    if (transaction.content().call().to() != null) {
      return null;
    }
    BigInteger nonce = BigInteger.valueOf(transaction.content().nonce());
    return WalletAddress.parse(
        ContractUtils.generateContractAddress(transaction.sender().toString(), nonce));
  }

  private void refuseInvalid(FakeTransaction transaction) {
    BigInteger most =
        transaction
            .content()
            .fees()
            .max()
            .multiply(BigInteger.valueOf(transaction.content().gasLimit()))
            .add(transaction.content().call().value());
    boolean poor = state().weiOf(transaction.sender()).compareTo(most) < 0;
    if (poor || transaction.content().chainId() != chainId) {
      throw SkepException.of("chain-refused", 502)
          .fault(Fault.CHAIN)
          .because(poor ? "Insufficient funds for gas." : "Invalid chain id for signer.");
    }
  }

  private static boolean replaces(Fees fees, Fees old) {
    Fees least = old.raised();
    return fees.max().compareTo(least.max()) >= 0 && fees.tip().compareTo(least.tip()) >= 0;
  }

  private BlockRef nextRef() {
    mined++;
    return new BlockRef(blocks.size(), Keccak.hash(new Words().number(chainId).number(mined)));
  }
}
