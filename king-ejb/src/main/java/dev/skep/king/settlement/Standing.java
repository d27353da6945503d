package dev.skep.king.settlement;

import dev.skep.chain.ledger.Room;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import java.util.List;
import java.util.Map;

/**
 * The ledger after the last block.
 *
 * @param head the last block's number, 0 before the first
 * @param headHash its hash, zero before the first
 * @param earned the newest leaf of every account there ever was
 * @param redeemed what vouchers have paid each account
 * @param deposited what each pool with receipts to settle has on the chain
 * @param rooms from where and how far the contract lets each of these pools be debited now
 */
record Standing(
    long head,
    Hash32 headHash,
    Map<Account, EarningLeaf> earned,
    Map<Account, List<Redeemed>> redeemed,
    Map<PoolId, TokenAmount> deposited,
    Map<PoolId, Room> rooms) {

  /** One voucher's payment: the account went from one cumulative amount to another. */
  record Redeemed(TokenAmount from, TokenAmount to) {
    TokenAmount within(TokenAmount earned) {
      return to.min(earned).minus(from.min(earned));
    }
  }

  /** As it is, with what the chain says of the pools to settle. */
  Standing with(Map<PoolId, Room> known) {
    return new Standing(head, headHash, earned, redeemed, deposited, known);
  }

  Room room(PoolId pool) {
    return rooms.getOrDefault(pool, Room.NONE);
  }

  TokenAmount deposited(PoolId pool) {
    return deposited.getOrDefault(pool, TokenAmount.ZERO);
  }

  TokenAmount earned(Account account) {
    EarningLeaf leaf = earned.get(account);
    return leaf == null ? TokenAmount.ZERO : leaf.cumulative();
  }

  /** What roots have to pay an account that has earned this much: vouchers have paid the rest. */
  TokenAmount owed(Account account, TokenAmount earned) {
    TokenAmount paid =
        redeemed.getOrDefault(account, List.of()).stream()
            .map(each -> each.within(earned))
            .reduce(TokenAmount.ZERO, TokenAmount::plus);
    return earned.minus(paid);
  }

  /** What roots have to pay from a pool in all. */
  TokenAmount owed(PoolId pool) {
    return earned.keySet().stream()
        .filter(account -> account.pool().equals(pool))
        .map(account -> owed(account, earned(account)))
        .reduce(TokenAmount.ZERO, TokenAmount::plus);
  }
}
