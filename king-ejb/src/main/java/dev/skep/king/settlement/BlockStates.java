package dev.skep.king.settlement;

import dev.skep.king.outbox.Following;
import dev.skep.king.outbox.Purpose;
import dev.skep.king.outbox.TxState;
import dev.skep.persistence.jdbc.Transaction;
import dev.skep.protocol.block.BlockState;
import java.sql.SQLException;

/** A block is as far as its transaction. */
public final class BlockStates implements Following.Listener {
  @Override
  public void changed(Transaction tx, Following.Change change) throws SQLException {
    if (change.purpose() == Purpose.BLOCK && change.state() != TxState.REVERTED) {
      move(tx, Long.parseLong(change.ref()), stateOf(change.state()));
    }
  }

  /** Blocks whose transaction a node has taken. */
  void sent(Transaction tx) throws SQLException {
    BlockState.TRANSITIONS.check(BlockState.SEALED, BlockState.SENT);
    tx.change(
        "update block b set state = ? from chain_tx t where t.id = b.tx_id and b.state = ? and t.state = ?",
        BlockState.SENT,
        BlockState.SEALED,
        TxState.SENT);
  }

  private static void move(Transaction tx, long number, BlockState to) throws SQLException {
    BlockState from =
        tx.first(
                "select state from block where number = ? for update",
                row -> BlockState.valueOf(row.text("state")),
                number)
            .orElseThrow(() -> new IllegalStateException("no block " + number));
    if (from == BlockState.SEALED) { // died between the sending and the noting
      from = BlockState.TRANSITIONS.check(from, BlockState.SENT);
    }
    if (from != to) {
      BlockState.TRANSITIONS.check(from, to);
    }
    tx.change(
        "update block set state = ?, included_at = case when ? then now() else included_at end,"
            + " final_at = case when ? then now() else final_at end where number = ?",
        to,
        to == BlockState.INCLUDED,
        to == BlockState.FINAL,
        number);
  }

  private static BlockState stateOf(TxState state) {
    return switch (state) {
      case STORED -> BlockState.SEALED;
      case SENT, REVERTED -> BlockState.SENT;
      case MINED -> BlockState.INCLUDED;
      case SAFE -> BlockState.SAFE;
      case FINAL -> BlockState.FINAL;
    };
  }
}
