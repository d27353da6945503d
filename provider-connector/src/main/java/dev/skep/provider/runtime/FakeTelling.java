package dev.skep.provider.runtime;

import dev.skep.provider.runtime.JobEvents.Progress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;

/** Tells a listener what a script says its job tells, under the limits that a real job has. */
final class FakeTelling {

  private final Iterator<FakeScript.Step> steps;
  private final PartsDigest parts;
  private final JobEvents events;

  FakeTelling(FakeScript script, int maxOutputBytes, JobEvents events) {
    this.steps = (events == JobEvents.NONE ? List.<FakeScript.Step>of() : script.told()).iterator();
    this.parts = new PartsDigest(maxOutputBytes);
    this.events = events;
  }

  boolean hasNext() {
    return steps.hasNext();
  }

  /** Tells the next thing; false when it is more than an answer may have. */
  boolean next() {
    FakeScript.Step step = steps.next();
    switch (step.word()) {
      case "part" -> {
        return part(step.argument().getBytes(StandardCharsets.UTF_8));
      }
      case "clock" -> {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return part(Long.toString(micros).getBytes(StandardCharsets.UTF_8));
      }
      case "progress" -> events.progress(progress(step.argument().split(" ")));
      default -> events.log(step.argument() + '\n');
    }
    return true;
  }

  private boolean part(byte[] json) {
    boolean fits = parts.fits(json.length);
    if (fits) {
      parts.add(json);
      events.part(parts.count() - 1, json);
    }
    return fits;
  }

  private static Progress progress(String[] words) {
    Double total = words.length > 1 ? Double.valueOf(words[1]) : null;
    return new Progress(Double.parseDouble(words[0]), total, words.length > 2 ? words[2] : "");
  }
}
