package dev.skep.provider.security;

import dev.skep.protocol.Problem;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.provider.image.ImageRef;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.Resources;
import dev.skep.provider.runtime.WarmSlot;
import dev.skep.provider.security.AttackResult.Verdict;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the attacks as jobs of a slot with default limits, and judges them. Takes a few seconds. */
public final class SecurityCheck {

  private static final String PROGRAM = "attacks.py";
  private static final int MAX_OUTPUT = 1 << 16;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final JsonProvider JSON = JsonProvider.provider();

  private final JobRuntime runtime;
  private final ImageRef image;
  private final Uuid7 ids = Uuid7.system();

  /**
   * @param runtime the one that strangers' jobs run in
   * @param image any image with the SDK
   */
  public SecurityCheck(JobRuntime runtime, ImageRef image) {
    this.runtime = runtime;
    this.image = image;
  }

  public SecurityReport run() {
    return run(Arrays.asList(Attack.values()));
  }

  /** Some of the attacks, in that order. */
  public SecurityReport run(List<Attack> attacks) {
    List<AttackResult> results = new ArrayList<>();
    WarmSlot slot = null;
    try {
      for (Attack attack : attacks) {
        slot = alive(slot);
        results.add(run(slot, attack));
      }
    } finally {
      if (slot != null) {
        slot.close();
      }
    }
    return new SecurityReport(results);
  }

  /**
   * The same slot while it survives, as for a stranger's jobs; a new one after an attack that ended
   * it.
   */
  private WarmSlot alive(@Nullable WarmSlot slot) {
    if (slot != null && slot.alive()) {
      return slot;
    } else if (slot != null) {
      slot.close();
    }
    return runtime.start(new SlotId(ids.next()), spec());
  }

  private AttackResult run(WarmSlot slot, Attack attack) {
    byte[] input =
        ('"' + attack.name().toLowerCase(Locale.ROOT) + '"').getBytes(StandardCharsets.UTF_8);
    return judge(attack, slot.run(new AttemptRef(new JobId(ids.next()), 1), input, LIMIT));
  }

  private static AttackResult judge(Attack attack, JobOutcome outcome) {
    Problem problem = outcome.problem();
    if (problem == null) {
      return judge(attack, outcome.output());
    }
    boolean killed = attack == Attack.MEMORY_BOMB && problem.code().equals("out-of-memory");
    return new AttackResult(attack, problem.detail(), killed ? Verdict.CONTAINED : Verdict.UNKNOWN);
  }

  private static AttackResult judge(Attack attack, byte[] output) {
    try (var reader = JSON.createReader(new ByteArrayInputStream(output))) {
      JsonObject told = reader.readObject();
      JsonArray broke = told.getJsonArray("broke");
      return broke.isEmpty()
          ? new AttackResult(attack, text(told.getJsonArray("held")), Verdict.CONTAINED)
          : new AttackResult(attack, text(broke), Verdict.ESCAPED);
    } catch (JsonException e) {
      return new AttackResult(attack, "no report came back", Verdict.UNKNOWN);
    }
  }

  private static String text(JsonArray list) {
    return list.getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .collect(Collectors.joining("; "));
  }

  private JobSpec spec() {
    byte[] program = program();
    return new JobSpec(
        program, JobSpec.sha256(program), image, Resources.DEFAULT, List.of(), MAX_OUTPUT, LIMIT);
  }

  private static byte[] program() {
    try (InputStream in =
        Objects.requireNonNull(SecurityCheck.class.getResourceAsStream(PROGRAM), PROGRAM)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(PROGRAM, e);
    }
  }
}
