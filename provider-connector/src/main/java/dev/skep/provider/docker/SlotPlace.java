package dev.skep.provider.docker;

import dev.skep.provider.worker.SlotFolder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What one slot has on this machine besides its container: a folder and perhaps a network. */
record SlotPlace(SlotFolder folder, SlotNetwork network) implements AutoCloseable {

  @Override
  public void close() {
    network.close();
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the folder of a slot", e);
    }
  }
}
