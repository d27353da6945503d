package dev.skep.provider.runtime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A listener that keeps what it hears, and that can be told to be slow. */
public final class HeardEvents implements JobEvents {

  private final List<String> parts = new CopyOnWriteArrayList<>();
  private final List<Progress> progress = new CopyOnWriteArrayList<>();
  private final StringBuffer log = new StringBuffer();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Blocks whoever tells, from the next part on. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  public void goOn() {
    gate.countDown();
  }

  @Override
  public void part(int index, byte[] json) {
    if (index != parts.size()) {
      throw new AssertionError("part " + index + " came after " + parts.size());
    }
    parts.add(new String(json, StandardCharsets.UTF_8));
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void progress(Progress told) {
    progress.add(told);
  }

  @Override
  public void log(String text) {
    log.append(text);
  }

  public List<String> parts() {
    return List.copyOf(parts);
  }

  public List<Progress> progress() {
    return List.copyOf(progress);
  }

  public String log() {
    return log.toString();
  }
}
