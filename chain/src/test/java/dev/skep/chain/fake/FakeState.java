package dev.skep.chain.fake;

import dev.skep.chain.ledger.LedgerBlock;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Everything the fake chain knows after one block; copied for each, so that a reorg can go back.
 */
final class FakeState {
  /** Two addresses, or a pool and a provider. */
  record Pair(Object first, Object second) {}

  final Map<WalletAddress, BigInteger> wei = new HashMap<>();
  final Map<WalletAddress, Long> nonces = new HashMap<>();
  final Set<WalletAddress> code = new HashSet<>();
  final Map<WalletAddress, TokenAmount> tokens = new HashMap<>();
  final Map<Pair, TokenAmount> allowances = new HashMap<>();
  final Map<WalletAddress, BigInteger> permitNonces = new HashMap<>();
  final Map<WalletAddress, BigInteger> forwarderNonces = new HashMap<>();
  final Map<Hash32, PoolAccount> pools = new HashMap<>();
  final Map<Pair, TokenAmount> claimed = new HashMap<>();
  final Map<Long, LedgerBlock> blocks = new HashMap<>();

  /** What blocks and vouchers took, by pool and epoch. */
  final Map<Pair, TokenAmount> spent = new HashMap<>();

  long head;
  WalletAddress king = WalletAddress.of(new byte[20]);
  WalletAddress tokenOwner = WalletAddress.of(new byte[20]);
  Duration challengePeriod = Duration.ZERO;
  Duration withdrawDelay = Duration.ZERO;
  Duration epoch = Duration.ZERO;
  Duration claimWindow = Duration.ZERO;

  FakeState copy() {
    FakeState copy = new FakeState();
    copy.restore(this);
    return copy;
  }

  /** Becomes what the other is. */
  void restore(FakeState other) {
    replace(wei, other.wei);
    replace(nonces, other.nonces);
    code.clear();
    code.addAll(other.code);
    replace(tokens, other.tokens);
    replace(allowances, other.allowances);
    replace(permitNonces, other.permitNonces);
    replace(forwarderNonces, other.forwarderNonces);
    replace(pools, other.pools);
    replace(claimed, other.claimed);
    replace(blocks, other.blocks);
    replace(spent, other.spent);
    head = other.head;
    king = other.king;
    tokenOwner = other.tokenOwner;
    challengePeriod = other.challengePeriod;
    withdrawDelay = other.withdrawDelay;
    epoch = other.epoch;
    claimWindow = other.claimWindow;
  }

  private static <K, V> void replace(Map<K, V> mine, Map<K, V> theirs) {
    mine.clear();
    mine.putAll(theirs);
  }

  TokenAmount tokensOf(WalletAddress holder) {
    return tokens.getOrDefault(holder, TokenAmount.ZERO);
  }

  BigInteger weiOf(WalletAddress holder) {
    return wei.getOrDefault(holder, BigInteger.ZERO);
  }

  long nonceOf(WalletAddress sender) {
    return nonces.getOrDefault(sender, 0L);
  }

  void move(WalletAddress from, WalletAddress to, TokenAmount amount) {
    FakeRevert.unless(
        tokensOf(from).compareTo(amount) >= 0, "ERC20InsufficientBalance(address,uint256,uint256)");
    tokens.put(from, tokensOf(from).minus(amount));
    tokens.put(to, tokensOf(to).plus(amount));
  }

  void spend(WalletAddress owner, WalletAddress spender, TokenAmount amount) {
    Pair pair = new Pair(owner, spender);
    TokenAmount allowed = allowances.getOrDefault(pair, TokenAmount.ZERO);
    FakeRevert.unless(
        allowed.compareTo(amount) >= 0, "ERC20InsufficientAllowance(address,uint256,uint256)");
    allowances.put(pair, allowed.minus(amount));
  }
}
