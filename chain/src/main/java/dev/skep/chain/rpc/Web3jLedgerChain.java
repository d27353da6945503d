package dev.skep.chain.rpc;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.BlockRef;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerBlock;
import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.LedgerEvent.Place;
import dev.skep.chain.ledger.LedgerEvents;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.ledger.Room;
import dev.skep.chain.ledger.Selector;
import dev.skep.chain.ledger.WordReader;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.proof.Words;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.chain.typed.PoolTerms;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.EthLog.LogResult;
import org.web3j.protocol.core.methods.response.Log;

/** The real chain with our contracts. */
public final class Web3jLedgerChain extends Web3jNode implements LedgerChain {
  /** Public nodes refuse wider ranges of logs. */
  private static final long LOG_RANGE = 2_000;

  private final Contracts contracts;
  private final LedgerCalls calls;

  public Web3jLedgerChain(RpcConnection connection, Contracts contracts) {
    super(connection);
    this.contracts = contracts;
    this.calls = new LedgerCalls(contracts);
  }

  @Override
  public Contracts contracts() {
    return contracts;
  }

  @Override
  public WalletAddress ledgerToken() {
    return ledger("token()", new Words()).address();
  }

  @Override
  public long ledgerHead() {
    return ledger("head()", new Words()).count();
  }

  @Override
  public Optional<LedgerBlock> ledgerBlock(long number) {
    WordReader words = ledger("blockAt(uint64)", new Words().number(number));
    Hash32 hash = words.hash();
    Hash32 root = words.hash();
    long activeAt = words.count();
    return activeAt == 0
        ? Optional.empty()
        : Optional.of(new LedgerBlock(number, hash, root, Instant.ofEpochSecond(activeAt)));
  }

  @Override
  public Optional<PoolAccount> pool(Hash32 poolId) {
    WordReader words = ledger("pool(bytes32)", new Words().hash(poolId));
    WalletAddress owner = words.address();
    Instant withdrawAt = time(words);
    Instant closedAt = time(words);
    PoolAccount account =
        new PoolAccount(
            owner,
            words.amount(),
            words.amount(),
            words.amount(),
            words.amount(),
            words.amount(),
            words.amount(),
            withdrawAt,
            closedAt,
            terms(words));
    boolean none = owner.equals(WalletAddress.of(new byte[20]));
    return none ? Optional.empty() : Optional.of(account);
  }

  /** Spent, epoch, terms' date and their number come first. */
  private static PoolTerms terms(WordReader words) {
    words.amount();
    words.count();
    words.count();
    words.count();
    return new PoolTerms(words.address(), words.count(), words.amount());
  }

  private static @Nullable Instant time(WordReader words) {
    long seconds = words.count();
    return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
  }

  @Override
  public Map<Hash32, Room> rooms(Collection<Hash32> poolIds) {
    List<Hash32> asked = List.copyOf(poolIds);
    Words words = new Words().number(32).number(asked.size());
    asked.forEach(words::hash);
    WordReader answer = ledger("roomsOf(bytes32[])", words).dynamic();
    answer.count();
    Map<Hash32, Room> rooms = new HashMap<>();
    asked.forEach(poolId -> rooms.put(poolId, new Room(answer.amount(), answer.amount())));
    return rooms;
  }

  @Override
  public TokenAmount claimedOf(Hash32 poolId, WalletAddress provider) {
    return ledger("claimedOf(bytes32,address)", new Words().hash(poolId).address(provider))
        .amount();
  }

  @Override
  public List<LedgerEvent> events(long firstBlock, long lastBlock) {
    List<LedgerEvent> events = new ArrayList<>();
    for (long from = firstBlock; from <= lastBlock; from += LOG_RANGE) {
      EthFilter filter =
          new EthFilter(
              parameter(from),
              parameter(Math.min(lastBlock, from + LOG_RANGE - 1)),
              contracts.ledger().toString());
      for (LogResult<?> result : Rpc.ask(web3j.ethGetLogs(filter)).getLogs()) {
        decode((Log) result.get()).ifPresent(events::add);
      }
    }
    return events;
  }

  @Override
  public TokenAmount tokenBalance(WalletAddress holder) {
    Words words = new Words().address(holder);
    return call(contracts.token(), Selector.encode("balanceOf(address)", words)).amount();
  }

  @Override
  public BigInteger permitNonce(WalletAddress owner) {
    return nonce(contracts.token(), owner);
  }

  @Override
  public BigInteger forwarderNonce(WalletAddress sender) {
    return nonce(contracts.forwarder(), sender);
  }

  @Override
  public boolean accepts(ForwardRequest request, Signature signature) {
    return call(contracts.forwarder(), calls.verify(request, signature).data()).count() == 1;
  }

  private BigInteger nonce(WalletAddress contract, WalletAddress owner) {
    return call(contract, Selector.encode("nonces(address)", new Words().address(owner))).number();
  }

  private WordReader ledger(String function, Words words) {
    return call(contracts.ledger(), Selector.encode(function, words));
  }

  private static Optional<LedgerEvent> decode(Log log) {
    if (log.isRemoved()) {
      return Optional.empty();
    }
    BlockRef block =
        new BlockRef(log.getBlockNumber().longValueExact(), Hash32.parse(log.getBlockHash()));
    Place place =
        new Place(block, Hash32.parse(log.getTransactionHash()), log.getLogIndex().intValueExact());
    List<Hash32> topics = log.getTopics().stream().map(Hash32::parse).toList();
    return LedgerEvents.decode(place, topics, Hex.decode(log.getData()));
  }

  private static DefaultBlockParameter parameter(long block) {
    return DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
  }
}
