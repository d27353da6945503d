package dev.skep.provider.data;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.data.DataManifest;
import dev.skep.protocol.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Brings one set's list and contents into the store; nothing is kept whose hash is not right. */
final class Fetch {
  private final DataStore store;
  private final ContentSource source;
  private final DataProgress progress;
  private long done;
  private long total;

  Fetch(DataStore store, ContentSource source, DataProgress progress) {
    this.store = store;
    this.source = source;
    this.progress = progress;
  }

  /** The set's list, fetched when it is not here. */
  Path list(DataSet set) throws IOException {
    Path here = store.list(set.sha256());
    if (Files.isRegularFile(here) && Digests.sha256(here).equals(set.sha256())) {
      return here;
    }
    Path part = here.resolveSibling(set.sha256() + ".part");
    download(part, set.sha256(), DataManifest.MOST_TEXT, false);
    if (!Digests.sha256(part).equals(set.sha256())) {
      Files.delete(part);
      throw mismatch("the list of the data set " + set.sha256());
    }
    return Files.move(part, here, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Tells from now on how much of this is here. */
  void begin(DataManifest manifest) throws IOException {
    total = manifest.size();
    done = 0;
    progress.at(done, total);
  }

  /** A content, fetched when it is not here. */
  void content(DataFile file) throws IOException {
    Path here = store.content(file.sha256());
    if (!DataStore.isRight(here, file.size(), file.sha256())) {
      Files.deleteIfExists(here);
      bring(file);
    } else {
      arrived(file.size());
    }
  }

  private void bring(DataFile file) throws IOException {
    Path part = store.part(file.sha256());
    if (file.size() == 0) {
      Files.write(part, new byte[0]);
    } else {
      arrived(Files.exists(part) ? Files.size(part) : 0);
      download(part, file.sha256(), file.size(), true);
    }
    if (!DataStore.isRight(part, file.size(), file.sha256())) {
      Files.delete(part);
      throw mismatch("'" + file.path() + "' of the pool's data");
    }
    store.keep(part, file.sha256());
  }

  private void download(Path part, String sha256, long most, boolean counts) throws IOException {
    new Download(
            part,
            most,
            () -> mismatch("the file " + sha256 + " is longer than it should be, so it"),
            bytes -> arrived(counts ? bytes : 0))
        .from(offset -> source.open(sha256, offset));
  }

  private void arrived(long bytes) {
    done += bytes;
    if (bytes > 0) {
      progress.at(Math.min(done, total), total);
    }
  }

  static SkepException mismatch(String what) {
    return SkepException.of("data-mismatch", 422)
        .fault(Fault.CALLER)
        .because(what + " does not have the hash that the pool pinned")
        .hint("Nothing of it was used. Tell the pool's owner, or join another pool.");
  }
}
