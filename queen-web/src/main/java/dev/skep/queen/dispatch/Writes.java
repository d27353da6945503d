package dev.skep.queen.dispatch;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes that must land: what fails is kept and sent again by {@link #retry}, in order. What
 * follows a write runs under the floor's lock.
 */
final class Writes {
  private static final System.Logger LOG = System.getLogger(Writes.class.getName());

  private final Floor floor;
  private final ArrayDeque<Runnable> failed = new ArrayDeque<>();

  Writes(Floor floor) {
    this.floor = floor;
  }

  <T> void submit(String what, Supplier<CompletableFuture<T>> write, Consumer<T> then) {
    write
        .get()
        .whenComplete(
            (done, error) -> {
              floor.lock.lock();
              try {
                if (error == null) {
                  then.accept(done);
                } else {
                  keep(what, error, () -> submit(what, write, then));
                }
              } finally {
                floor.lock.unlock();
              }
            });
  }

  private void keep(String what, Throwable error, Runnable again) {
    LOG.log(System.Logger.Level.WARNING, "{0} is not durable yet, will retry: {1}", what, error);
    failed.add(again);
  }

  /** Sends again what failed; those that fail once more wait for the next call. */
  void retry() {
    for (int left = failed.size(); left > 0; left--) {
      failed.remove().run();
    }
  }

  int waiting() {
    return failed.size();
  }
}
