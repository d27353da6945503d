package dev.skep.queen.pool;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.secret.Cipher256;
import dev.skep.protocol.secret.Seal;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of pools: closed in the database, sealed to the one connector that joined, in clear only
 * for the moment in between. Never logged, never shown.
 */
@ApplicationScoped
public class PoolSecrets {
  private static final String REMOVE =
      "delete from pool_secret s using pool p where p.id = s.pool_id and p.state in ('COMPLETED', 'CLOSED')";

  @Inject Sql sql;
  @Inject SecretKey key;

  private final SecureRandom random = new SecureRandom();

  void keep(PoolId pool, JobVariables secrets) {
    if (secrets.values().isEmpty()) {
      return;
    }
    JsonObjectBuilder json = Json.createObjectBuilder();
    secrets.values().forEach(json::add);
    byte[] text = json.build().toString().getBytes(StandardCharsets.UTF_8);
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    byte[] closed = Cipher256.close(key.bytes(), nonce, text, context(pool));
    sql.change("insert into pool_secret (pool_id, closed) values (?, ?)", pool, closed);
  }

  /**
   * The secrets of a pool, sealed to the key a connector made; empty when the pool has none.
   *
   * @throws SkepException {@code secret-key-missing} when it has some and no key was sent
   */
  public Optional<String> sealed(PoolId pool, @Nullable String publicKey) {
    return sql.first(
            "select closed from pool_secret where pool_id = ?", row -> row.bytes("closed"), pool)
        .map(closed -> seal(pool, closed, publicKey));
  }

  private String seal(PoolId pool, byte[] closed, @Nullable String publicKey) {
    if (publicKey == null) {
      throw SkepException.of("secret-key-missing", 409)
          .because("the pool has secrets, and this connector sent no key to seal them to")
          .hint("Update the connector.");
    }
    byte[] text = Cipher256.open(key.bytes(), closed, context(pool));
    try {
      return Seal.to(publicKey, text, context(pool));
    } catch (IllegalArgumentException e) {
      throw SkepException.of("secret-key-invalid", 400)
          .because("secretKey is not a public key of X25519")
          .hint("Send base64 of its X.509 form.")
          .causedBy(e);
    }
  }

  private static byte[] context(PoolId pool) {
    return pool.toString().getBytes(StandardCharsets.UTF_8);
  }

  void removeOfClosed() {
    sql.change(REMOVE);
  }
}
