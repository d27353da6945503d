package dev.skep.queen.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.json.JsonLines;
import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Who may bring and who may take the files of a pool, and which. */
@ApplicationScoped
public class PoolFileBook {
  /** The longest file, in bytes. */
  static final int MOST_FILE = 128 << 20;

  /** The most all files of one pool may have, in bytes. */
  static final long MOST_POOL = 512L << 20;

  @Inject PoolBook pools;
  @Inject PoolFiles files;

  /**
   * Keeps a file that the pool's spec names, when its bytes have the hash: packages before the pool
   * opens, inputs also later. Bringing it twice is no error.
   */
  void bring(PoolId pool, String sha256, WalletAddress caller, InputStream body)
      throws IOException {
    Listing listing = pools.show(pool);
    if (!listing.owner().equals(caller)) {
      throw refused("not-pool-owner", 403, "Only its owner may bring the files of a pool.");
    }
    boolean inputs = sha256.equals(inputsOf(listing.spec()));
    PoolState state = listing.standing().state();
    if (state != PoolState.OPENING && !(inputs && !state.isOver())) {
      throw refused("pool-not-opening", 409, "The files of a pool are brought before it opens.");
    }
    if (!inputs && !names(listing.spec(), sha256)) {
      throw refused("file-not-named", 422, "Nothing in the pool's spec names this file.");
    }
    keep(listing, sha256, body);
  }

  private static String inputsOf(JsonObject spec) {
    return spec.get("inputs") instanceof JsonObject inputs ? inputs.getString("sha256", "") : "";
  }

  /** Each line was promised to become a job: what cannot is refused while its owner listens. */
  private static void checkInputs(JsonObject inputs, Path spool) throws IOException {
    long count = JsonLines.count(Files.newInputStream(spool));
    if (count != inputs.getInt("count")) {
      throw SkepException.of("inputs-invalid", 422)
          .because("the file has " + count + " inputs, the spec says " + inputs.getInt("count"))
          .hint("Make the pool anew with the file as it is now.");
    }
  }

  private void keep(Listing listing, String sha256, InputStream body) throws IOException {
    PoolId pool = listing.id();
    Path spool = Files.createTempFile("skep-pool-file", null);
    try {
      String seen = spool(body, spool);
      if (!seen.equals(sha256)) {
        throw refused("file-mismatch", 422, "The bytes have the SHA-256 " + seen + ".");
      }
      if (sha256.equals(inputsOf(listing.spec()))) {
        checkInputs(listing.spec().getJsonObject("inputs"), spool);
      }
      long size = Files.size(spool);
      if (files.total(pool) + size > MOST_POOL) {
        throw refused("files-too-large", 413, "The files of a pool have at most 512 MiB.");
      }
      try (InputStream whole = Files.newInputStream(spool)) {
        files.add(pool, HexFormat.of().parseHex(sha256), size, whole);
      }
    } finally {
      Files.delete(spool);
    }
  }

  private static String spool(InputStream body, Path spool) throws IOException {
    MessageDigest digest = sha256();
    try (DigestInputStream in = new DigestInputStream(body, digest)) {
      Files.copy(in, spool, StandardCopyOption.REPLACE_EXISTING);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean names(JsonObject spec, String sha256) {
    JsonObject lock = spec.getJsonObject("dependencies");
    return lock != null
        && DependencyLock.read(lock).files().stream()
            .anyMatch(file -> file.url() == null && file.digest().equals(sha256));
  }

  /** The size of a file that the caller may take; knowing its hash is not enough for that. */
  long sizeFor(PoolId pool, String sha256, WalletAddress caller) {
    Listing listing = pools.show(pool);
    boolean inputs = sha256.equals(inputsOf(listing.spec())); // a provider sees those it is given
    if (!listing.owner().equals(caller) && (inputs || !files.serves(pool, caller))) {
      throw refused("not-joined", 403, "Only who fills a slot of the pool may take its files.");
    }
    return files
        .size(pool, HexFormat.of().parseHex(sha256))
        .orElseThrow(() -> refused("file-not-found", 404, "The pool has no such file."));
  }

  private static SkepException refused(String code, int status, String why) {
    return SkepException.of(code, status)
        .fault(Fault.CALLER)
        .because(why)
        .hint("Files belong to the pool whose spec names them: see 'dependencies' and 'inputs'.");
  }
}
