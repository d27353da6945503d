package dev.skep.king.outbox;

import dev.skep.chain.ledger.BlockRef;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.chain.wallet.UnsignedTransaction;
import dev.skep.persistence.jdbc.Row;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the outbox as it was read; {@code formedAt} is when its newest bytes were signed. */
record OutboxTx(
    UUID id,
    WalletAddress signer,
    long nonce,
    Purpose purpose,
    String ref,
    Body body,
    TxState state,
    @Nullable BlockRef mined,
    @Nullable Instant sentAt,
    @Nullable Instant formedAt) {
  static final String COLUMNS =
      "id, signer, nonce, purpose, ref, to_address, data, gas_limit, max_fee, tip, raw, state, mined_number,"
          + " mined_hash, sent_at, (select max(h.sent_at) from chain_tx_hash h where h.tx_id = chain_tx.id) as formed_at";

  /** What was signed last. */
  record Body(Call call, long gasLimit, Fees fees, SignedTransaction signed) {}

  static OutboxTx read(Row row) throws SQLException {
    return new OutboxTx(
        row.uuid("id"),
        row.address("signer"),
        row.number("nonce"),
        Purpose.valueOf(row.text("purpose")),
        row.text("ref"),
        body(row),
        TxState.valueOf(row.text("state")),
        mined(row),
        row.findInstant("sent_at"),
        row.findInstant("formed_at"));
  }

  private static Body body(Row row) throws SQLException {
    String to = row.findText("to_address");
    Call call =
        new Call(to == null ? null : new WalletAddress(to), BigInteger.ZERO, row.bytes("data"));
    Fees fees = new Fees(row.integer("max_fee"), row.integer("tip"));
    return new Body(call, row.number("gas_limit"), fees, new SignedTransaction(row.bytes("raw")));
  }

  private static @Nullable BlockRef mined(Row row) throws SQLException {
    Long number = row.findNumber("mined_number");
    byte[] hash = row.findBytes("mined_hash");
    return number == null || hash == null ? null : new BlockRef(number, Hash32.of(hash));
  }

  UnsignedTransaction unsigned(long chainId) {
    return new UnsignedTransaction(chainId, nonce, body.gasLimit(), body.fees(), body.call());
  }

  String label() {
    return purpose + " " + ref;
  }
}
