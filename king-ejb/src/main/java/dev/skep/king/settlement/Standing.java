package dev.skep.king.settlement;

import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import java.util.Map;

/**
 * The ledger after the last block.
 *
 * @param head the last block's number, 0 before the first
 * @param headHash its hash, zero before the first
 * @param earned the newest leaf of every account there ever was
 * @param debited what each pool owes its providers so far
 * @param deposited what each pool with receipts to settle has on the chain
 */
record Standing(
    long head,
    Hash32 headHash,
    Map<Account, EarningLeaf> earned,
    Map<PoolId, TokenAmount> debited,
    Map<PoolId, TokenAmount> deposited) {

  TokenAmount debited(PoolId pool) {
    return debited.getOrDefault(pool, TokenAmount.ZERO);
  }

  TokenAmount deposited(PoolId pool) {
    return deposited.getOrDefault(pool, TokenAmount.ZERO);
  }

  TokenAmount earned(Account account) {
    EarningLeaf leaf = earned.get(account);
    return leaf == null ? TokenAmount.ZERO : leaf.cumulative();
  }
}
