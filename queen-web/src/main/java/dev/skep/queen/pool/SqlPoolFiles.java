package dev.skep.queen.pool;

import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.blob.Pieces;
import dev.skep.queen.sql.Row;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The rows of files that travel with pools. */
@ApplicationScoped
public class SqlPoolFiles implements PoolFiles {
  private static final String STANDING =
      """
      select f.sha256, f.size, f.whole, (select count(*) from pool_file_piece p
        where p.pool_id = f.pool_id and p.sha256 = f.sha256) as pieces
      from pool_file f where f.pool_id = ?
      """;
  private static final String SERVES =
      """
      select 1 as one from slot where pool_id = ? and provider = ? and ended_at is null limit 1
      """;
  private static final String DECLARE =
      """
      insert into pool_file (pool_id, sha256, size) values (?, ?, ?) on conflict do nothing
      """;
  private static final String ADD =
      """
      insert into pool_file_piece (pool_id, sha256, number, body) values (?, ?, ?, ?)
      on conflict do nothing
      """;
  private static final String PIECE =
      """
      select body from pool_file_piece where pool_id = ? and sha256 = ? and number = ?
      """;
  private static final String DISCARD =
      """
      delete from pool_file_piece p using pool_file f
      where p.pool_id = ? and p.sha256 = ? and f.pool_id = p.pool_id and f.sha256 = p.sha256
        and not f.whole
      """;
  private static final String REMOVE =
      """
      delete from pool_file f using pool p where p.id = f.pool_id and p.state = 'CLOSED'
      """;

  @Inject Sql sql;

  @Override
  public Optional<Standing> find(PoolId pool, String sha256) {
    return sql.first(STANDING + " and f.sha256 = ?", SqlPoolFiles::standing, pool, key(sha256));
  }

  @Override
  public List<Standing> list(PoolId pool) {
    return sql.list(STANDING + " order by f.sha256", SqlPoolFiles::standing, pool);
  }

  private static Standing standing(Row row) throws SQLException {
    return new Standing(
        HexFormat.of().formatHex(row.bytes("sha256")),
        row.number("size"),
        (int) row.number("pieces"),
        row.flag("whole"));
  }

  @Override
  public long total(PoolId pool) {
    return sql.first(
            "select coalesce(sum(size), 0)::bigint as total from pool_file where pool_id = ?",
            row -> row.number("total"),
            pool)
        .orElse(0L);
  }

  @Override
  public boolean serves(PoolId pool, WalletAddress provider) {
    return sql.first(SERVES, row -> true, pool, provider).isPresent();
  }

  @Override
  @Transactional
  public void declare(PoolId pool, Collection<DataFile> files) {
    files.forEach(file -> sql.change(DECLARE, pool, key(file.sha256()), file.size()));
  }

  @Override
  public Pieces pieces(PoolId pool, String sha256) {
    byte[] key = key(sha256);
    return new Pieces() {
      @Override
      public byte[] get(int number) {
        return sql.first(PIECE, row -> row.bytes("body"), pool, key, number).orElse(new byte[0]);
      }

      @Override
      public void put(int number, byte[] body) {
        sql.change(ADD, pool, key, number, body);
      }
    };
  }

  @Override
  public void complete(PoolId pool, String sha256) {
    sql.change(
        "update pool_file set whole = true where pool_id = ? and sha256 = ?", pool, key(sha256));
  }

  @Override
  public void discard(PoolId pool, String sha256) {
    sql.change(DISCARD, pool, key(sha256));
  }

  @Override
  public void removeOfClosed() {
    sql.change(REMOVE);
  }

  private static byte[] key(String sha256) {
    return HexFormat.of().parseHex(sha256);
  }
}
