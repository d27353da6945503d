package dev.skep.king.outbox;

import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.chain.wallet.UnsignedTransaction;
import dev.skep.persistence.jdbc.Transaction;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.WalletAddress;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Takes calls into the outbox: the nonce is drawn under a row lock and the signed bytes are written
 * in the caller's transaction, so that a call exists exactly when the caller's other rows do.
 * Sending is {@link Delivery}'s.
 */
public final class Outbox {
  private static final String FIRST_NONCE =
      "insert into signer_nonce (signer, next_nonce) values (?, ?) on conflict (signer) do nothing";
  private static final String DRAW_NONCE =
      "update signer_nonce set next_nonce = next_nonce + 1 where signer = ? returning next_nonce - 1 as nonce";
  private static final String STORE =
      "insert into chain_tx (id, signer, nonce, purpose, ref, to_address, data, gas_limit, raw, hash, state, max_fee, tip)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'STORED', ?, ?)";
  private static final String STORE_HASH =
      "insert into chain_tx_hash (tx_id, hash, raw) values (?, ?, ?) on conflict do nothing";

  /** What is to be signed and why. */
  public record Order(Purpose purpose, String ref, Call call, long gasLimit, Fees fees) {}

  /** What was stored. */
  public record Stored(UUID id, SignedTransaction signed) {}

  private final long chainId;
  private final Uuid7 ids;

  public Outbox(long chainId, Uuid7 ids) {
    this.chainId = chainId;
    this.ids = ids;
  }

  /**
   * Makes the signer's nonce row on its first use; asks the chain, so call it before a transaction
   * is open.
   */
  public long nextNonce(Transaction tx, ChainNode node, WalletAddress signer) throws SQLException {
    String read = "select next_nonce from signer_nonce where signer = ?";
    var known = tx.first(read, row -> row.number("next_nonce"), signer);
    if (known.isEmpty()) {
      tx.change(FIRST_NONCE, signer, node.minedNonce(signer));
    }
    return tx.first(read, row -> row.number("next_nonce"), signer).orElseThrow();
  }

  /**
   * Draws the nonce, signs and stores; needs {@link #nextNonce} to have been asked once for this
   * signer.
   */
  public Stored store(Transaction tx, Signer signer, Order order) throws SQLException {
    long nonce =
        tx.first(DRAW_NONCE, row -> row.number("nonce"), signer.address())
            .orElseThrow(() -> new IllegalStateException("no nonce row for " + signer.address()));
    SignedTransaction signed =
        signer.sign(
            new UnsignedTransaction(chainId, nonce, order.gasLimit(), order.fees(), order.call()));
    UUID id = ids.next();
    tx.change(
        STORE,
        id,
        signer.address(),
        nonce,
        order.purpose(),
        order.ref(),
        order.call().to(),
        order.call().data(),
        order.gasLimit(),
        signed.raw(),
        signed.hash().bytes(),
        order.fees().max(),
        order.fees().tip());
    tx.change(STORE_HASH, id, signed.hash().bytes(), signed.raw());
    return new Stored(id, signed);
  }

  /** Keeps another form of a stored transaction: the same nonce at other fees. */
  static void replace(Transaction tx, UUID id, Fees fees, SignedTransaction signed)
      throws SQLException {
    tx.change(STORE_HASH, id, signed.hash().bytes(), signed.raw());
    tx.change(
        "update chain_tx set raw = ?, hash = ?, max_fee = ?, tip = ? where id = ?",
        signed.raw(),
        signed.hash().bytes(),
        fees.max(),
        fees.tip(),
        id);
  }
}
