package dev.skep.provider.docker;

import dev.skep.provider.worker.SlotFolder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What one slot has on this machine besides its container: a folder, perhaps a network, cards. */
record SlotPlace(SlotFolder folder, SlotNetwork network, CardLease cards) implements AutoCloseable {

  @Override
  public void close() {
    cards.close();
    network.close();
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the folder of a slot", e);
    }
  }
}
