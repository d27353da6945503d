package dev.skep.king.settlement;

import dev.skep.chain.proof.BlockBody;
import dev.skep.chain.proof.BlockHeader;
import dev.skep.chain.proof.Debit;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.proof.ReceiptLeaf;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The next block, computed and not yet written. Pure: the same receipts and standing give the same
 * block.
 *
 * @param receipts what it settles
 * @param overdrawn pools whose receipts exceed their deposit; what does not fit is left for later
 * @param capped pools whose receipts exceed what their owner's cap leaves of this epoch
 * @param earned what each account earns by this block alone
 * @param changed the new leaf of each of these accounts
 * @param standing the ledger before it
 * @param tree over the leaves of all accounts there ever were
 */
record Draft(
    List<Due> receipts,
    Set<PoolId> overdrawn,
    Set<PoolId> capped,
    Map<Account, TokenAmount> earned,
    Map<Account, EarningLeaf> changed,
    Map<PoolId, TokenAmount> debits,
    Standing standing,
    MerkleTree tree,
    BlockHeader header,
    BlockBody body) {

  static Draft of(Standing standing, List<Due> due) {
    Selection selection = new Selection(standing);
    List<Due> fitting = due.stream().filter(selection::take).toList();
    Map<PoolId, TokenAmount> debits = selection.debits();
    Map<Account, TokenAmount> earned = new HashMap<>();
    Map<Account, EarningLeaf> changed = new HashMap<>();
    for (Due each : fitting) {
      Account account = new Account(each.pool(), each.provider());
      TokenAmount sum = earned.merge(account, each.amount(), TokenAmount::plus);
      changed.put(
          account,
          new EarningLeaf(each.chainPoolId(), each.provider(), standing.earned(account).plus(sum)));
    }
    MerkleTree tree = tree(standing, changed);
    BlockBody body = body(standing, fitting, debits, changed);
    return new Draft(
        fitting,
        selection.overdrawn(),
        selection.capped(),
        earned,
        changed,
        debits,
        standing,
        tree,
        header(standing, tree, fitting, body),
        body);
  }

  private static MerkleTree tree(Standing standing, Map<Account, EarningLeaf> changed) {
    Map<Account, EarningLeaf> all = new HashMap<>(standing.earned());
    all.putAll(changed);
    return MerkleTree.of(all.values().stream().map(EarningLeaf::hash).toList());
  }

  /** Both tables are sorted, so that the same block always has the same bytes. */
  private static BlockBody body(
      Standing standing,
      List<Due> due,
      Map<PoolId, TokenAmount> debits,
      Map<Account, EarningLeaf> changed) {
    Map<PoolId, Hash32> chainIds = new HashMap<>();
    due.forEach(each -> chainIds.put(each.pool(), each.chainPoolId()));
    List<Debit> table = new ArrayList<>();
    chainIds.forEach(
        (pool, chainId) ->
            table.add(
                new Debit(
                    chainId,
                    standing.room(pool).debited(),
                    debits.getOrDefault(pool, TokenAmount.ZERO))));
    table.sort(Comparator.comparing(Debit::poolId));
    List<EarningLeaf> leaves = new ArrayList<>(changed.values());
    leaves.sort(Comparator.comparing(EarningLeaf::poolId).thenComparing(EarningLeaf::provider));
    return new BlockBody(table, leaves);
  }

  private static BlockHeader header(
      Standing standing, MerkleTree tree, List<Due> due, BlockBody body) {
    Hash32 receiptsRoot =
        MerkleTree.of(due.stream().map(Due::leaf).map(ReceiptLeaf::hash).toList()).root();
    return new BlockHeader(
        standing.head() + 1,
        standing.headHash(),
        tree.root(),
        receiptsRoot,
        body.dataHash(),
        body.debitsHash());
  }

  /** What was debited from a pool before this block. */
  TokenAmount debited(PoolId pool) {
    return standing.room(pool).debited();
  }

  boolean isEmpty() {
    return receipts.isEmpty();
  }

  byte[] proof(EarningLeaf leaf) {
    return MerkleTree.pack(tree.proof(leaf.hash()));
  }
}
