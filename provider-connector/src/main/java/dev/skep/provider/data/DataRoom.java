package dev.skep.provider.data;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.data.DataFile;
import dev.skep.protocol.data.DataManifest;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/** Keeps the cache within its bound: what nobody uses goes, what was used longest ago first. */
record DataRoom(DataStore store, DataUses uses, long bound) {
  /** What is left to everybody else on the disk. */
  private static final long SPARE = 256L << 20;

  /** Makes room for what is missing of a set, or throws {@code data-no-room}. */
  void make(DataManifest manifest) throws IOException {
    if (fits(manifest)) {
      return;
    }
    store.sweep(manifest);
    Queue<Unused> oldest = unused(manifest.sha256());
    while (!oldest.isEmpty() && !fits(manifest)) {
      String set = oldest.remove().set();
      store.forget(set);
      uses.forget(set);
      store.sweep(manifest);
    }
    if (!fits(manifest)) {
      throw full(manifest);
    }
  }

  private boolean fits(DataManifest manifest) throws IOException {
    long missing = missing(manifest);
    return store.size() + missing <= bound && missing + SPARE <= store.free();
  }

  private long missing(DataManifest manifest) throws IOException {
    Map<String, Long> missing = new HashMap<>();
    for (DataFile file : manifest.files()) {
      missing.put(file.sha256(), Math.max(0, file.size() - store.have(file.sha256())));
    }
    return missing.values().stream().mapToLong(Long::longValue).sum();
  }

  private record Unused(String set, FileTime since) {}

  private Queue<Unused> unused(String wanted) throws IOException {
    Queue<Unused> unused = new PriorityQueue<>(Comparator.comparing(Unused::since));
    for (String set : store.sets()) {
      if (!set.equals(wanted) && !uses.isUsed(set)) {
        unused.add(new Unused(set, uses.lastUse(set)));
      }
    }
    return unused;
  }

  private SkepException full(DataManifest manifest) throws IOException {
    return SkepException.of("data-no-room", 507)
        .fault(Fault.PROVIDER)
        .because(
            "the pool's data needs %d MiB; the cache may have %d MiB, and its disk has %d MiB left"
                .formatted(manifest.size() >> 20, bound >> 20, store.free() >> 20))
        .hint("Make room on the disk of SKEP_HOME, or join a pool with less data.");
  }
}
