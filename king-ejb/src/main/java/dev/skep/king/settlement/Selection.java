package dev.skep.king.settlement;

import dev.skep.chain.ledger.Room;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the receipts of a block one by one: no pool may owe more than it deposited nor more than
 * its owner's cap leaves of this epoch, or the contract would not take the debit; and the block
 * must stay within the gas of one transaction.
 */
final class Selection {
  /**
   * With {@link #MOST_ACCOUNTS} about 10 million gas, below the 16.7 million one transaction may
   * take.
   */
  static final int MOST_POOLS = 64;

  static final int MOST_ACCOUNTS = 600;

  private final Standing standing;
  private final Map<PoolId, TokenAmount> owedBefore = new HashMap<>();
  private final Map<PoolId, TokenAmount> owed = new HashMap<>();
  private final Map<Account, TokenAmount> earned = new HashMap<>();
  private final Set<PoolId> overdrawn = new HashSet<>();
  private final Set<PoolId> capped = new HashSet<>();

  Selection(Standing standing) {
    this.standing = standing;
  }

  boolean take(Due due) {
    PoolId pool = due.pool();
    Account account = new Account(pool, due.provider());
    if (isFull(account)) {
      return false;
    }
    TokenAmount before = earned.getOrDefault(account, standing.earned(account));
    TokenAmount after = before.plus(due.amount());
    TokenAmount total =
        owed.getOrDefault(pool, before(pool))
            .plus(standing.owed(account, after))
            .minus(standing.owed(account, before));
    if (!fits(pool, total)) {
      return false;
    }
    owed.put(pool, total);
    earned.put(account, after);
    return true;
  }

  /** Summed up once for each pool, over all accounts there ever were. */
  private TokenAmount before(PoolId pool) {
    return owedBefore.computeIfAbsent(pool, standing::owed);
  }

  private boolean fits(PoolId pool, TokenAmount total) {
    Room room = standing.room(pool);
    if (total.compareTo(standing.deposited(pool)) > 0) {
      overdrawn.add(pool);
      return false;
    }
    if (total.compareTo(room.debited().plus(room.room())) > 0) {
      capped.add(pool);
      return false;
    }
    return true;
  }

  private boolean isFull(Account account) {
    boolean noPool = owed.size() >= MOST_POOLS && !owed.containsKey(account.pool());
    return noPool || (earned.size() >= MOST_ACCOUNTS && !earned.containsKey(account));
  }

  /** What roots have to pay from each of the chosen pools; never less than is debited. */
  Map<PoolId, TokenAmount> debits() {
    Map<PoolId, TokenAmount> debits = new HashMap<>();
    owed.forEach(
        (pool, total) -> {
          TokenAmount debited = standing.room(pool).debited();
          debits.put(pool, total.compareTo(debited) > 0 ? total : debited);
        });
    return debits;
  }

  Set<PoolId> overdrawn() {
    return Set.copyOf(overdrawn);
  }

  /** Pools whose receipts wait for the next epoch, or for the chain to know of their deposit. */
  Set<PoolId> capped() {
    return Set.copyOf(capped);
  }
}
