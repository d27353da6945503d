package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.OptionalLong;

/** The rows of files that travel with pools. */
@ApplicationScoped
public class PoolFiles {
  /** Bytes of one piece. */
  static final int PIECE = 1 << 20;

  private static final String SERVES =
      """
      select 1 as one from slot where pool_id = ? and provider = ? and ended_at is null limit 1
      """;
  private static final String REMOVE =
      """
      delete from pool_file f using pool p where p.id = f.pool_id and p.state = 'CLOSED'
      """;

  @Inject Sql sql;

  /** The length of a file, when the pool has it. */
  public OptionalLong size(PoolId pool, byte[] sha256) {
    return sql
        .first(
            "select size from pool_file where pool_id = ? and sha256 = ?",
            row -> row.number("size"),
            pool,
            sha256)
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  long total(PoolId pool) {
    return sql.first(
            "select coalesce(sum(size), 0)::bigint as total from pool_file where pool_id = ?",
            row -> row.number("total"),
            pool)
        .orElse(0L);
  }

  /** Whether this wallet fills a slot of the pool. */
  boolean serves(PoolId pool, WalletAddress provider) {
    return sql.first(SERVES, row -> true, pool, provider).isPresent();
  }

  /** Keeps a file whose hash was checked; the second of two at once changes nothing. */
  @Transactional
  public void add(PoolId pool, byte[] sha256, long size, InputStream body) throws IOException {
    int added =
        sql.change(
            "insert into pool_file (pool_id, sha256, size) values (?, ?, ?) on conflict do nothing",
            pool,
            sha256,
            size);
    if (added == 0) {
      return;
    }
    int number = 0;
    for (byte[] piece = body.readNBytes(PIECE); piece.length > 0; piece = body.readNBytes(PIECE)) {
      sql.change(
          "insert into pool_file_piece (pool_id, sha256, number, body) values (?, ?, ?, ?)",
          pool,
          sha256,
          number++,
          piece);
    }
  }

  /** Writes a file's bytes from an offset on, one piece at a time. */
  void write(PoolId pool, byte[] sha256, long offset, OutputStream to) throws IOException {
    int skip = (int) (offset % PIECE);
    int number = (int) (offset / PIECE);
    byte[] piece = piece(pool, sha256, number);
    while (piece.length > 0) {
      to.write(piece, skip, Math.max(0, piece.length - skip));
      skip = 0;
      piece = piece(pool, sha256, ++number);
    }
  }

  /** A file's bytes from an offset on, one piece in memory at a time. */
  public InputStream open(PoolId pool, byte[] sha256, long offset) {
    int skip = (int) (offset % PIECE);
    return new SequenceInputStream(
        new Enumeration<>() {
          private int number = (int) (offset / PIECE);
          private byte[] next = piece(pool, sha256, number);
          private int from = skip;

          @Override
          public boolean hasMoreElements() {
            return next.length > 0;
          }

          @Override
          public InputStream nextElement() {
            InputStream bytes =
                new ByteArrayInputStream(next, from, Math.max(0, next.length - from));
            next = piece(pool, sha256, ++number);
            from = 0;
            return bytes;
          }
        });
  }

  private byte[] piece(PoolId pool, byte[] sha256, int number) {
    return sql.first(
            "select body from pool_file_piece where pool_id = ? and sha256 = ? and number = ?",
            row -> row.bytes("body"),
            pool,
            sha256,
            number)
        .orElse(new byte[0]);
  }

  /** What closed pools brought is nobody's any more. */
  void removeOfClosed() {
    sql.change(REMOVE);
  }
}
