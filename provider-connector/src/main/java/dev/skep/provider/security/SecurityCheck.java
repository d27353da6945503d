package dev.skep.provider.security;

import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.pool.Destination;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.provider.image.ImageRef;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.JobRuntime;
import dev.skep.provider.runtime.JobSetting;
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

  /** A place that exists in documentation only. */
  private static final Destination NOWHERE = new Destination("192.0.2.1", 9);

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
    try (Ground ground = new Ground()) {
      attacks.forEach(attack -> results.add(run(ground, attack)));
    }
    return new SecurityReport(results);
  }

  /** Where attacks happen: the same slot while it serves, as for a stranger's jobs. */
  private final class Ground implements AutoCloseable {
    private @Nullable WarmSlot slot;
    private @Nullable Terms terms;

    WarmSlot slot(Terms wanted) {
      WarmSlot known = slot;
      if (known != null && known.alive() && wanted.equals(terms)) {
        return known;
      }
      close();
      WarmSlot fresh = runtime.start(new SlotId(ids.next()), spec(wanted));
      slot = fresh;
      terms = wanted;
      return fresh;
    }

    @Override
    public void close() {
      WarmSlot last = slot;
      slot = null;
      if (last != null) {
        last.close();
      }
    }
  }

  /** What the slot of an attack may use. */
  private record Terms(Resources resources, NetworkPolicy network) {}

  private static Terms terms(Attack attack) {
    Resources usual = Resources.DEFAULT;
    return switch (attack) {
      case SPIN_CPUS ->
          new Terms(
              new Resources(250, usual.memoryBytes(), usual.pids(), usual.tmpBytes()),
              NetworkPolicy.NONE);
      case EGRESS -> new Terms(usual, new NetworkPolicy(List.of(NOWHERE)));
      default -> new Terms(usual, NetworkPolicy.NONE);
    };
  }

  private AttackResult run(Ground ground, Attack attack) {
    byte[] input =
        ('"' + attack.name().toLowerCase(Locale.ROOT) + '"').getBytes(StandardCharsets.UTF_8);
    WarmSlot slot;
    try {
      slot = ground.slot(terms(attack));
    } catch (SkepException e) {
      if (attack != Attack.EGRESS || !e.code().equals("image-not-built")) {
        throw e;
      }
      String why = "no guard image, so no job gets a network; to have one: bin/image guard";
      return new AttackResult(attack, why, Verdict.NOT_TRIED);
    }
    return judge(attack, slot.run(new AttemptRef(new JobId(ids.next()), 1), input, LIMIT));
  }

  private static AttackResult judge(Attack attack, JobOutcome outcome) {
    Problem problem = outcome.problem();
    if (problem == null) {
      return judge(attack, outcome.output());
    }
    boolean killed = attack.endsInDeath() && problem.code().equals("out-of-memory");
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

  private JobSpec spec(Terms terms) {
    byte[] program = program();
    return new JobSpec(
            program,
            JobSpec.sha256(program),
            image,
            terms.resources(),
            List.of(),
            MAX_OUTPUT,
            LIMIT)
        .with(JobSetting.DEFAULT.withNetwork(terms.network()));
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
