package dev.skep.queen.blob;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** Removes what was brought and belongs to no job. */
@Singleton
public class BlobTimer {
  @Inject Blobs blobs;

  @Schedule(hour = "*", minute = "*/10", persistent = false)
  public void sweep() {
    blobs.sweep();
  }
}
