package dev.skep.provider.docker;

import com.github.dockerjava.api.model.Mount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network that a slot's container gets.
 *
 * @param mode as Docker names it; null means that the job gets none
 * @param mounts the names it knows
 */
record SlotNetwork(@Nullable String mode, List<Mount> mounts, @Nullable Guard guard)
    implements AutoCloseable {

  static final SlotNetwork NONE = new SlotNetwork(null, List.of(), null);

  SlotNetwork {
    mounts = List.copyOf(mounts);
  }

  /** Calls when the guard is gone, and with it the network. */
  void whenLost(Runnable action) {
    if (guard != null) {
      guard.whenLost(action);
    }
  }

  @Override
  public void close() {
    if (guard != null) {
      guard.close();
    }
  }
}
