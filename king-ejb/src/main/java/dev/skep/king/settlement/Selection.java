package dev.skep.king.settlement;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the receipts of a block one by one: no pool may owe more than it deposited, or the
 * contract would refuse the whole block, and the block must stay within the gas of one transaction.
 */
final class Selection {
  /**
   * With {@link #MOST_ACCOUNTS} about 10 million gas, below the 16.7 million one transaction may
   * take.
   */
  static final int MOST_POOLS = 64;

  static final int MOST_ACCOUNTS = 600;

  private final Standing standing;
  private final Map<PoolId, TokenAmount> debits = new HashMap<>();
  private final Set<Account> accounts = new HashSet<>();
  private final Set<PoolId> overdrawn = new HashSet<>();

  Selection(Standing standing) {
    this.standing = standing;
  }

  boolean take(Due due) {
    PoolId pool = due.pool();
    Account account = new Account(pool, due.provider());
    if (isFull(account)) {
      return false;
    }
    TokenAmount total = debits.getOrDefault(pool, standing.debited(pool)).plus(due.amount());
    if (total.compareTo(standing.deposited(pool)) > 0) {
      overdrawn.add(pool);
      return false;
    }
    debits.put(pool, total);
    accounts.add(account);
    return true;
  }

  private boolean isFull(Account account) {
    boolean noPool = debits.size() >= MOST_POOLS && !debits.containsKey(account.pool());
    return noPool || (accounts.size() >= MOST_ACCOUNTS && !accounts.contains(account));
  }

  Map<PoolId, TokenAmount> debits() {
    return Map.copyOf(debits);
  }

  Set<PoolId> overdrawn() {
    return Set.copyOf(overdrawn);
  }
}
