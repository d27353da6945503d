package dev.skep.provider.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.TokenAmount;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads a pool's YAML file strictly: what is not understood is refused, never ignored. */
public final class PoolConfigReader {
  private static final List<String> KEYS =
      List.of(
          "name",
          "image",
          "resources",
          "models",
          "slots",
          "perUser",
          "price",
          "maxPerJob",
          "deposit",
          "verification",
          "deadlines",
          "output",
          "access");

  private PoolConfigReader() {}

  /** Reads a file; {@code config-unreadable} or {@code config-invalid} say what is wrong. */
  public static PoolConfig read(Path file) {
    try {
      if (Files.size(file) > 4L * YamlTree.MAX_CHARACTERS) {
        throw YamlTree.invalid(file + ": too large, " + Files.size(file) + " bytes");
      }
      return parse(String.valueOf(file.getFileName()), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw YamlTree.invalid(file + ": not UTF-8 text").causedBy(e);
    } catch (IOException e) {
      throw SkepException.of("config-unreadable", 400)
          .fault(Fault.CALLER)
          .because("cannot read the pool's config " + file)
          .hint("Give the path of a readable YAML file with --config.")
          .causedBy(e);
    }
  }

  /** Reads text; {@code file} is its name in refusals. */
  public static PoolConfig parse(String file, String text) {
    YamlTree tree = new YamlTree(file);
    YamlMap top = new YamlMap(tree, tree.read(text), KEYS);
    PoolConfig.Verification verification = verification(top);
    PoolConfig.Deadlines deadlines = deadlines(top);
    return new PoolConfig(
        top.required("name", PoolConfigReader::name),
        new PoolConfig.Image(
            top.required("image", PoolConfigReader::image), resources(top), models(top)),
        seats(top),
        money(top, verification, deadlines),
        verification,
        deadlines,
        maxOutput(top),
        top.oneOf("access", "owner", "owner", "signed-in", "public"));
  }

  private static String name(String text) {
    if (text.length() > 100 || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("at most 100 characters, none of them control characters");
    }
    return text;
  }

  private static String image(String text) {
    if (!text.matches("[a-z0-9][a-z0-9._/:-]{0,200}(@sha256:[0-9a-f]{64})?")) {
      throw new IllegalArgumentException(
          "expected an alias such as python, name@sha256:digest or sha256:id");
    }
    return text;
  }

  private static PoolConfig.Resources resources(YamlMap top) {
    YamlMap map = top.map("resources", "cpus", "memory", "pids", "tmp");
    return new PoolConfig.Resources(
        map.value("cpus", BigDecimal.ONE, Quantity::cpus),
        map.value("memory", 256L << 20, Quantity::bytes),
        map.number("pids", 128, 1, 4096),
        map.value("tmp", 64L << 20, Quantity::bytes));
  }

  private static List<PoolConfig.Model> models(YamlMap top) {
    return top.maps("models", "name", "path").stream()
        .map(
            m ->
                new PoolConfig.Model(
                    m.required("name", PoolConfigReader::model), m.find("path").orElse("")))
        .toList();
  }

  private static String model(String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9][A-Za-z0-9._-]{0,95})?")) {
      throw new IllegalArgumentException("expected a hub name such as dslim/bert-base-NER");
    }
    return text;
  }

  private static PoolConfig.Seats seats(YamlMap top) {
    int slots = top.number("slots", 1, 1, 10_000);
    // A provider cannot fill more slots than there are, whatever the file allows it.
    return new PoolConfig.Seats(slots, Math.min(slots, top.number("perUser", slots, 1, 10_000)));
  }

  private static PoolConfig.Money money(
      YamlMap top, PoolConfig.Verification verification, PoolConfig.Deadlines deadlines) {
    YamlMap price = top.map("price", "perJob", "perSecond");
    if (!top.has("price")) {
      throw top.refuse("price", "is required, for example price: {perJob: 0.01 SKEP}");
    }
    TokenAmount perJob = price.value("perJob", TokenAmount.ZERO, TokenAmount::parseHuman);
    TokenAmount perSecond = price.value("perSecond", TokenAmount.ZERO, TokenAmount::parseHuman);
    if (perJob.isZero() && perSecond.isZero()) {
      throw top.refuse("price", "must be above zero: set perJob or perSecond");
    }
    long seconds = (deadlines.run().toMillis() + 999) / 1000;
    TokenAmount least = perJob.plus(perSecond.times(seconds)).times(verification.copies());
    TokenAmount max = top.value("maxPerJob", least, TokenAmount::parseHuman);
    if (max.compareTo(perJob.times(verification.copies())) < 0) {
      throw top.refuse("maxPerJob", "less than perJob x copies, so that no job could be accepted");
    }
    TokenAmount deposit = top.value("deposit", max.times(100), TokenAmount::parseHuman);
    if (deposit.compareTo(max) < 0) {
      throw top.refuse("deposit", "less than maxPerJob, so that no job could be accepted");
    }
    return new PoolConfig.Money(perJob, perSecond, max, deposit);
  }

  private static PoolConfig.Verification verification(YamlMap top) {
    YamlMap map =
        top.map("verification", "policy", "copies", "agree", "distinct", "trustProviders");
    String policy = map.oneOf("policy", "spot-check", "none", "spot-check", "quorum");
    boolean trust = map.oneOf("trustProviders", "false", "true", "false").equals("true");
    boolean quorum = policy.equals("quorum");
    int copies = map.number("copies", quorum ? 2 : 1, 1, 15);
    int agree = map.number("agree", quorum ? copies : 1, 1, 15);
    if (policy.equals("none") && !trust) {
      throw map.refuse("policy", "'none' checks nothing; say trustProviders: true to mean it");
    }
    if (quorum ? agree > copies || agree * 2 <= copies : copies != 1 || agree != 1) {
      throw map.refuse("copies", quorum ? "agree must be a majority of copies" : "needs quorum");
    }
    String distinct = map.oneOf("distinct", "machine", "machine", "ip", "wallet");
    return new PoolConfig.Verification(policy, copies, agree, distinct, trust);
  }

  private static PoolConfig.Deadlines deadlines(YamlMap top) {
    YamlMap map = top.map("deadlines", "queue", "run", "total");
    Duration queue = map.value("queue", Duration.ofMinutes(10), Quantity::duration);
    Duration run = map.value("run", Duration.ofMinutes(1), Quantity::duration);
    Duration total = map.value("total", queue.plus(run.multipliedBy(4)), Quantity::duration);
    if (total.compareTo(run) < 0) {
      throw map.refuse("total", "shorter than one run");
    }
    return new PoolConfig.Deadlines(queue, run, total);
  }

  private static int maxOutput(YamlMap top) {
    YamlMap map = top.map("output", "maxBytes");
    long bytes = map.value("maxBytes", 1L << 20, Quantity::bytes);
    if (bytes > 1L << 20) {
      throw map.refuse("maxBytes", "at most 1m in this version");
    }
    return (int) bytes;
  }
}
