package dev.skep.queen.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.data.DataManifest;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.pool.PoolState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.blob.PiecedFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Who may bring and who may take the files of a pool, and which. */
@ApplicationScoped
public class PoolFileBook {
  /** The longest file, in bytes. */
  static final long MOST_FILE = 1L << 30;

  /** The most all files of one pool may have, in bytes. */
  static final long MOST_POOL = DataManifest.MOST_BYTES;

  @Inject PoolBook pools;
  @Inject PoolFiles files;

  /** Part of a file, or all of it: {@code bytes} from an offset on, of a file of that size. */
  record Upload(long from, long size, InputStream bytes) {}

  /**
   * Keeps what comes of a file of a pool that is not open yet, when the pool's terms name it; how
   * much of it is here then. A connection that breaks leaves the whole pieces that came. Bringing a
   * part twice is no error.
   */
  PoolFiles.Standing bring(PoolId pool, String sha256, WalletAddress caller, Upload upload)
      throws IOException {
    Listing listing = requireOwner(pool, caller);
    if (listing.standing().state() != PoolState.OPENING) {
      throw refused("pool-not-opening", 409, "The files of a pool are brought before it opens.");
    }
    PoolFiles.Standing file = files.find(pool, sha256).orElse(null);
    if (file == null) {
      file = declare(listing, sha256, upload.size());
    }
    if (file.whole()) {
      return file;
    }
    check(file, upload);
    PiecedFile arriving = files.file(pool, file);
    if (arriving.take(upload.bytes(), upload.from())) {
      finish(listing, sha256, arriving);
    }
    return files.find(pool, sha256).orElseThrow();
  }

  private PoolFiles.Standing declare(Listing listing, String sha256, long size) {
    if (!NamedFiles.of(listing.spec()).names(sha256)) {
      throw refused("file-not-named", 422, "Nothing in the pool's terms names this file.");
    }
    declare(listing.id(), List.of(new DataFile(sha256, checked(size), sha256)));
    return files.find(listing.id(), sha256).orElseThrow();
  }

  private static long checked(long size) {
    if (size > MOST_FILE) {
      throw tooLarge("A file has at most " + (MOST_FILE >> 20) + " MiB.");
    }
    return size;
  }

  private void declare(PoolId pool, List<DataFile> named) {
    long more = named.stream().mapToLong(DataFile::size).sum();
    if (files.total(pool) + more > MOST_POOL) {
      throw tooLarge("The files of a pool have at most " + (MOST_POOL >> 20) + " MiB.");
    }
    files.declare(pool, named);
  }

  private static void check(PoolFiles.Standing file, Upload upload) {
    if (upload.size() != file.size()) {
      throw refused("file-mismatch", 422, "The file has " + file.size() + " bytes.");
    }
    if (upload.from() > file.have()) {
      throw SkepException.of("upload-gap", 409)
          .fault(Fault.CALLER)
          .because("Of this file " + file.have() + " bytes are here; go on from there.")
          .hint("GET /api/pools/{id}/files says how much of each file is here.");
    }
  }

  /** A list of a data set makes known what it lists. */
  private void finish(Listing listing, String sha256, PiecedFile arrived) throws IOException {
    String seen = arrived.sha256();
    if (!seen.equals(sha256)) {
      files.discard(listing.id(), sha256);
      throw refused("file-mismatch", 422, "The bytes have the SHA-256 " + seen + ".");
    }
    if (NamedFiles.of(listing.spec()).isSet(sha256)) {
      declareSet(listing, sha256, arrived);
    }
    files.complete(listing.id(), sha256);
  }

  private void declareSet(Listing listing, String sha256, PiecedFile arrived) throws IOException {
    try {
      DataManifest manifest = DataManifest.read(arrived.bytes(DataManifest.MOST_TEXT));
      NamedFiles.of(listing.spec()).check(manifest.set());
      manifest.files().forEach(file -> checked(file.size()));
      declare(
          listing.id(),
          manifest.files().stream()
              .filter(file -> file.size() > 0 && !file.sha256().equals(sha256))
              .toList());
    } catch (IllegalArgumentException e) {
      files.discard(listing.id(), sha256);
      throw refused("manifest-invalid", 422, "The list of a data set: " + e.getMessage() + ".");
    }
  }

  /** How far each file of the pool is, for its owner. */
  List<PoolFiles.Standing> list(PoolId pool, WalletAddress caller) {
    requireOwner(pool, caller);
    return files.list(pool);
  }

  private Listing requireOwner(PoolId pool, WalletAddress caller) {
    Listing listing = pools.show(pool);
    if (!listing.owner().equals(caller)) {
      throw refused("not-pool-owner", 403, "Only its owner may bring the files of a pool.");
    }
    return listing;
  }

  /** A file that the caller may take; knowing its hash is not enough for that. */
  PoolFiles.Standing takeable(PoolId pool, String sha256, WalletAddress caller) {
    Listing listing = pools.show(pool);
    if (!listing.owner().equals(caller) && !files.serves(pool, caller)) {
      throw refused("not-joined", 403, "Only who fills a slot of the pool may take its files.");
    }
    return files
        .find(pool, sha256)
        .filter(PoolFiles.Standing::whole)
        .orElseThrow(() -> refused("file-not-found", 404, "The pool has no such file."));
  }

  private static SkepException tooLarge(String why) {
    return refused("files-too-large", 413, why);
  }

  private static SkepException refused(String code, int status, String why) {
    return SkepException.of(code, status)
        .fault(Fault.CALLER)
        .because(why)
        .hint("Files belong to the pool they were pinned for: see its spec.");
  }
}
