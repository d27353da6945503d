package dev.skep.king.outbox;

import dev.skep.chain.ledger.BlockRef;
import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.ledger.Heads;
import dev.skep.chain.ledger.MinedTransaction;
import dev.skep.chain.proof.Hash32;
import dev.skep.king.problem.Problems;
import dev.skep.persistence.jdbc.Database;
import dev.skep.persistence.jdbc.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Follows sent transactions until they are final, by comparing the block they were seen in with the
 * canonical one of that number. One that a reorganisation threw out is SENT again, the same bytes.
 */
public final class Following {
  private static final String OPEN =
      "select "
          + OutboxTx.COLUMNS
          + " from chain_tx where state in ('SENT', 'MINED', 'SAFE') order by signer, nonce limit 500";
  private static final String HASHES =
      "select hash, raw from chain_tx_hash where tx_id = ? order by sent_at desc";
  private static final String MINED =
      "update chain_tx set state = ?, mined_number = ?, mined_hash = ?, hash = ?,"
          + " raw = coalesce((select h.raw from chain_tx_hash h where h.tx_id = id and h.hash = ?), raw) where id = ?";
  private static final String UNMINED =
      "update chain_tx set state = ?, mined_number = null, mined_hash = null, sent_at = null where id = ?";

  /** Hears of every change inside its transaction, so that what depends on it changes with it. */
  public interface Listener {
    void changed(Transaction tx, Change change) throws SQLException;
  }

  /** One step of one transaction; {@code hash} is the form that counts. */
  public record Change(UUID id, Purpose purpose, String ref, TxState state, Hash32 hash) {}

  private final Database database;
  private final ChainNode node;
  private final Problems problems;
  private final List<Listener> listeners;

  public Following(Delivery.Parts parts, List<Listener> listeners) {
    this.database = parts.database();
    this.node = parts.node();
    this.problems = parts.problems();
    this.listeners = List.copyOf(listeners);
  }

  /** Moves every open transaction as far as the chain allows now. */
  public void run() {
    List<OutboxTx> open = database.call(tx -> tx.list(OPEN, OutboxTx::read));
    if (open.isEmpty()) {
      return;
    }
    Heads heads = node.heads();
    open.forEach(each -> follow(each, heads));
  }

  private void follow(OutboxTx each, Heads heads) {
    BlockRef block = each.mined();
    if (block != null && isCanonical(block)) {
      settle(each.id(), each, each.state(), block, heads);
      return;
    }
    Optional<MinedTransaction> mined = find(each.id());
    if (mined.isPresent()) {
      include(each, mined.get(), heads);
    } else if (block != null) {
      move(
          each,
          each.state(),
          TxState.SENT,
          each.body().signed().hash(),
          tx -> tx.change(UNMINED, TxState.SENT, each.id()));
    } else if (node.minedNonce(each.signer()) > each.nonce()) {
      lookTwice(each);
    }
  }

  /**
   * The nonce is spent: by a form of ours that was mined just now, or by somebody else who has the
   * key.
   */
  private void lookTwice(OutboxTx each) {
    if (find(each.id()).isEmpty()) {
      problems.raise(
          "nonce-taken",
          each.label(),
          "nonce "
              + each.nonce()
              + " of "
              + each.signer()
              + " was used by a stranger's transaction");
    }
  }

  private Optional<MinedTransaction> find(UUID id) {
    List<Hash32> hashes =
        database.call(tx -> tx.list(HASHES, row -> Hash32.of(row.bytes("hash")), id));
    return hashes.stream().map(node::mined).flatMap(Optional::stream).findFirst();
  }

  private boolean isCanonical(BlockRef block) {
    return node.blockHash(block.number()).filter(block.hash()::equals).isPresent();
  }

  private void include(OutboxTx each, MinedTransaction mined, Heads heads) {
    BlockRef block = mined.block();
    TxState from = each.state();
    if (from != TxState.SENT) { // mined again in another block after a reorganisation
      move(
          each,
          from,
          TxState.SENT,
          mined.hash(),
          tx -> tx.change(UNMINED, TxState.SENT, each.id()));
    }
    TxState state = mined.succeeded() ? TxState.MINED : TxState.REVERTED;
    byte[] hash = mined.hash().bytes();
    move(
        each,
        TxState.SENT,
        state,
        mined.hash(),
        tx -> tx.change(MINED, state, block.number(), block.hash().bytes(), hash, hash, each.id()));
    if (state == TxState.REVERTED) {
      problems.raise(
          "transaction-reverted",
          each.label(),
          "mined in block " + block.number() + " but reverted: " + mined.hash());
      return;
    }
    settle(each.id(), each, state, block, heads);
  }

  private void settle(UUID id, OutboxTx each, TxState from, BlockRef block, Heads heads) {
    TxState state = from;
    if (state == TxState.MINED && block.number() <= heads.safe().number()) {
      state = step(id, each, state, TxState.SAFE);
    }
    if (state == TxState.SAFE && block.number() <= heads.finalized().number()) {
      step(id, each, state, TxState.FINAL);
    }
  }

  private TxState step(UUID id, OutboxTx each, TxState from, TxState to) {
    move(
        each,
        from,
        to,
        hashOf(id),
        tx -> tx.change("update chain_tx set state = ? where id = ?", to, id));
    return to;
  }

  private Hash32 hashOf(UUID id) {
    return database
        .call(
            tx ->
                tx.first(
                    "select hash from chain_tx where id = ?",
                    row -> Hash32.of(row.bytes("hash")),
                    id))
        .orElseThrow();
  }

  private void move(OutboxTx each, TxState from, TxState to, Hash32 hash, Database.Task task) {
    TxState.TRANSITIONS.check(from, to);
    Change change = new Change(each.id(), each.purpose(), each.ref(), to, hash);
    database.run(
        tx -> {
          task.run(tx);
          for (Listener listener : listeners) {
            listener.changed(tx, change);
          }
        });
  }
}
