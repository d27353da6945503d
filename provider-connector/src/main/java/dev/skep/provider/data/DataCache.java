package dev.skep.provider.data;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.data.DataManifest;
import dev.skep.protocol.data.DataSet;
import dev.skep.provider.runtime.DataFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data sets of this machine. Each content is kept once under its hash; a set is a folder of
 * hard links to contents, so that slots and pools with the same files share their bytes. What is
 * here is checked against its hashes once by each connector that uses it. Thread-safe, and safe
 * between processes.
 */
public final class DataCache implements AutoCloseable {
  /** How much is kept when nobody says: 20 GiB. */
  public static final long BOUND = 20L << 30;

  /** A file lock keeps processes apart, and is an error between threads. */
  private static final Object ONE = new Object();

  private final DataStore store;
  private final DataUses uses;
  private final DataRoom room;
  private final Path lock;
  private final Set<String> checked = ConcurrentHashMap.newKeySet();

  /**
   * A cache in a folder, made when first needed.
   *
   * @param bound bytes of all contents; sets that nobody uses go first, by their last use
   */
  public DataCache(Path folder, long bound) {
    this.store = new DataStore(folder);
    this.uses = new DataUses(folder.resolve("uses"));
    this.room = new DataRoom(store, uses, bound);
    this.lock = folder.resolve("lock");
  }

  /** The folder of a set; nothing is fetched before it is asked for. */
  public DataFolder of(DataSet set, ContentSource source, DataProgress progress) {
    return () -> folder(set, new Fetch(store, source, progress));
  }

  private Path folder(DataSet set, Fetch fetch) {
    synchronized (ONE) {
      try {
        store.make();
        try (FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.lock()) {
          return ready(set, fetch);
        }
      } catch (IOException e) {
        throw SkepException.of("data-unavailable", 503)
            .fault(Fault.PROVIDER)
            .retryable(true)
            .because("cannot get the data set " + set.sha256() + ": " + e)
            .hint("The connector tries again by itself and goes on where it ended.")
            .causedBy(e);
      }
    }
  }

  private Path ready(DataSet set, Fetch fetch) throws IOException {
    uses.hold(set.sha256());
    Path tree = store.tree(set.sha256());
    if (!checked.contains(set.sha256()) || !Files.isDirectory(tree)) {
      DataManifest manifest = manifest(set, fetch);
      if (!store.isWhole(manifest, tree)) {
        bring(manifest, fetch);
        store.link(manifest, tree);
      }
      checked.add(set.sha256());
    }
    return tree;
  }

  private static DataManifest manifest(DataSet set, Fetch fetch) throws IOException {
    try {
      DataManifest manifest = DataManifest.read(Files.readAllBytes(fetch.list(set)));
      if (manifest.set().equals(set)) {
        return manifest;
      }
      throw Fetch.mismatch("the list of the data set " + set.sha256());
    } catch (IllegalArgumentException e) {
      throw Fetch.mismatch("the list of the data set " + set.sha256()).causedBy(e);
    }
  }

  private void bring(DataManifest manifest, Fetch fetch) throws IOException {
    room.make(manifest);
    fetch.begin(manifest);
    for (DataFile file : manifest.files()) {
      fetch.content(file);
    }
  }

  /** Lets go of what was used; it stays until its room is needed. */
  @Override
  public void close() {
    uses.release();
  }
}
