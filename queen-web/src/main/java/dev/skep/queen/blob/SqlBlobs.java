package dev.skep.queen.blob;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** The rows of blobs. */
@ApplicationScoped
public class SqlBlobs implements Blobs {
  private static final String OUTPUT =
      """
      select b.id, b.sha256, b.size, b.whole,
        (select count(*) from blob_piece p where p.blob_id = b.id) as pieces
      from blob b where b.job_id = ? and b.attempt = ? and b.sha256 = ?
      """;
  private static final String ADD =
      """
      insert into blob (id, pool_id, brought_by, job_id, attempt, sha256, size)
      values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
      """;
  private static final String ADD_PIECE =
      """
      insert into blob_piece (blob_id, number, body) values (?, ?, ?) on conflict do nothing
      """;
  // A job's output stands in its row as our mark, which begins with a zero and the blob's id.
  private static final String SWEEP =
      """
      delete from blob b where b.id < uuid7_floor(now() - interval '1 hour') and (
        (b.job_id is null and not b.used)
        or (b.job_id is not null
          and not exists (select from job j where j.id = b.job_id and j.ended_at is null)
          and not exists (select from job_output o where o.job_id = b.job_id
            and length(o.body) = 57 and substring(o.body from 2 for 16) = uuid_send(b.id))))
      """;

  @Inject Sql sql;
  @Inject Uuid7 ids;

  @Override
  public Optional<Standing> output(AttemptRef attempt, String sha256) {
    return sql.first(OUTPUT, SqlBlobs::standing, attempt.job(), attempt.number(), bytes(sha256));
  }

  private static Standing standing(Row row) throws SQLException {
    String sha256 = HexFormat.of().formatHex(row.bytes("sha256"));
    return new Standing(
        new BlobRef(row.uuid("id"), sha256, row.number("size")),
        (int) row.number("pieces"),
        row.flag("whole"));
  }

  @Override
  public BlobRef add(Origin origin, String sha256, long size) {
    BlobRef fresh = new BlobRef(ids.next(), sha256, size);
    AttemptRef output = origin.output();
    int added =
        sql.change(
            ADD,
            fresh.id(),
            origin.pool(),
            origin.bringer(),
            output == null ? null : output.job(),
            output == null ? null : output.number(),
            bytes(sha256),
            size);
    return added == 1 || output == null
        ? fresh
        : output(output, sha256).map(Standing::ref).orElse(fresh);
  }

  @Override
  public Pieces pieces(UUID id) {
    return new Pieces() {
      @Override
      public byte[] get(int number) {
        return sql.first(
                "select body from blob_piece where blob_id = ? and number = ?",
                row -> row.bytes("body"),
                id,
                number)
            .orElse(new byte[0]);
      }

      @Override
      public void put(int number, byte[] body) {
        sql.change(ADD_PIECE, id, number, body);
      }
    };
  }

  @Override
  public void complete(UUID id) {
    sql.change("update blob set whole = true where id = ?", id);
  }

  @Override
  public void use(UUID id) {
    sql.change("update blob set used = true where id = ?", id);
  }

  @Override
  public void remove(UUID id) {
    sql.change("delete from blob where id = ?", id);
  }

  @Override
  public long held(PoolId pool) {
    return sum("pool_id = ?", pool);
  }

  @Override
  public long held(WalletAddress bringer) {
    return sum("job_id is null and brought_by = ?", bringer);
  }

  private long sum(String where, Object whose) {
    return sql.first(
            "select coalesce(sum(size), 0)::bigint as held from blob where " + where,
            row -> row.number("held"),
            whose)
        .orElse(0L);
  }

  @Override
  public int sweep() {
    return sql.change(SWEEP);
  }

  private static byte[] bytes(String sha256) {
    return HexFormat.of().parseHex(sha256);
  }
}
