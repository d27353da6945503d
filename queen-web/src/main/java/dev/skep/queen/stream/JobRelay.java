package dev.skep.queen.stream;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.stream.StreamFrame;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.dispatch.Hearing;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One job on its way from the attempts that run it to those who listen. The first attempt that
 * speaks is passed on; when it falls silent before its end, the next one that speaks follows, and
 * what was passed on already is not repeated as long as it is the same. Thread-safe.
 */
public final class JobRelay {
  /** The result is the list of the parts, and each takes a byte and a comma. */
  private static final int MOST_PARTS = WireLimits.MAX_OUTPUT / 2;

  private final JobId job;
  private final JobRelays relays;
  private final Set<Speaker> speakers = new LinkedHashSet<>();

  /** Who hears something may find its client gone and leave on the spot. */
  private final List<Audience> audiences = new CopyOnWriteArrayList<>();

  private final PartHashes told = new PartHashes();
  private final Map<Integer, StringBuilder> logs = new LinkedHashMap<>();
  private Hearing wanted = Hearing.LOG;
  private @Nullable Speaker speaker;
  private int spoken;
  private long heard;
  private @Nullable Runnable whenSilent;

  /** Who speaks or listens; guarded by the map of {@link JobRelays}. */
  int users;

  JobRelay(JobId job, JobRelays relays) {
    this.job = job;
    this.relays = relays;
  }

  JobId job() {
    return job;
  }

  // ---- those who speak

  synchronized void speaks(Speaker who, AttemptRef attempt, Hearing hearing) {
    wanted = hearing;
    speakers.add(who);
    if (speaker == null) {
      speaker = who;
      spoken = 0;
    }
  }

  /** Parts wait for those who listen, and for the first of them to come. */
  synchronized boolean hasRoom() {
    boolean awaited = wanted == Hearing.PARTS && hasNoPartsAudience();
    return !awaited && audiences.stream().allMatch(Audience::hasRoom);
  }

  synchronized void hear(AttemptRef attempt, Speaker who, StreamFrame frame) {
    heard++;
    boolean first = who == speaker;
    switch (frame.kind()) {
      case PART -> {
        if (first && wanted == Hearing.PARTS) {
          part(oneLine(frame.body()));
        }
      }
      case PROGRESS -> {
        if (first) {
          byte[] json = oneLine(frame.body());
          audiences.forEach(audience -> audience.progress(json));
        }
      }
      case LOG -> log(attempt.number(), frame.text());
      default -> throw StreamFrame.malformed(frame.kind() + ", which a connector does not say");
    }
  }

  private void part(byte[] json) {
    int index = spoken++;
    if (index >= MOST_PARTS) {
      throw StreamFrame.malformed("more parts than a result can hold");
    }
    if (index < told.count() && !told.isSame(index, json)) {
      restart(index);
    }
    if (index >= told.count()) {
      told.add(json);
      audiences.forEach(audience -> audience.part(json));
    }
  }

  private void restart(int from) {
    told.cut(from);
    audiences.forEach(audience -> audience.restart(from));
  }

  /** A provider may send anything: what spans lines would forge events of its own. */
  private static byte[] oneLine(byte[] json) {
    if (ControlCharacters.in(json)) {
      throw StreamFrame.malformed("JSON with control characters");
    }
    return json;
  }

  private void log(int attempt, String text) {
    StringBuilder kept = logs.computeIfAbsent(attempt, number -> new StringBuilder());
    int room = Math.min(text.length(), WireLimits.MAX_LOG - kept.length());
    if (room > 0) {
      String told = text.substring(0, room);
      kept.append(told);
      audiences.forEach(audience -> audience.log(attempt, told));
    }
  }

  /** A stream is over, by its end ({@code saidAll}) or before. */
  void silent(Speaker who, boolean saidAll) {
    Runnable then = null;
    synchronized (this) {
      if (!speakers.remove(who)) {
        return;
      }
      if (who == speaker) {
        if (saidAll && spoken < told.count()) {
          restart(spoken);
        }
        then = whenSilent;
        whenSilent = null;
        speaker = null;
      }
    }
    if (then != null) {
      then.run();
    }
    relays.exit(this);
  }

  // ---- those who listen

  void listens(Audience audience) {
    synchronized (this) {
      audiences.add(audience);
      logs.forEach((attempt, text) -> audience.log(attempt, text.toString()));
    }
    resume();
  }

  /** Whoever is still to speak is heard to its end, so that it does not hang on nobody. */
  void leaves(Audience audience) {
    synchronized (this) {
      audiences.remove(audience);
      if (hasNoPartsAudience()) {
        wanted = Hearing.LOG;
      }
    }
    resume();
  }

  private boolean hasNoPartsAudience() {
    return audiences.stream().noneMatch(Audience::wantsParts);
  }

  /** Somebody who listens has room again. */
  public void resume() {
    List<Speaker> waiting;
    synchronized (this) {
      waiting = List.copyOf(speakers);
    }
    waiting.forEach(Speaker::pull);
  }

  /**
   * Runs once the attempt that speaks has said all: its result may have overtaken its parts. At
   * once when none speaks.
   */
  public void whenSilent(Runnable then) {
    synchronized (this) {
      if (speaker != null) {
        whenSilent = then;
        return;
      }
    }
    then.run();
  }

  /** Whether somebody waits for the attempt that speaks. */
  public synchronized boolean isAwaited() {
    return whenSilent != null;
  }

  /** Does not wait any longer. */
  public void giveUpWaiting() {
    Runnable then;
    synchronized (this) {
      then = whenSilent;
      whenSilent = null;
    }
    if (then != null) {
      then.run();
    }
  }

  /** Rises while anything comes. */
  public synchronized long heard() {
    return heard;
  }
}
