package dev.skep.provider.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wire.WireLimits;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads a pool's YAML file strictly: what is not understood is refused, never ignored. */
public final class PoolConfigReader {
  static final List<String> KEYS =
      List.of(
          "version",
          "name",
          "runtime",
          "image",
          "dependencies",
          "resources",
          "models",
          "data",
          "network",
          "env",
          "secrets",
          "slots",
          "perUser",
          "price",
          "maxPerJob",
          "deposit",
          "verification",
          "deadlines",
          "retries",
          "input",
          "output",
          "inputs",
          "access");
  static final List<String> VERIFICATION =
      List.of("policy", "copies", "agree", "distinct", "trustProviders");
  static final List<String> DEADLINES = List.of("queue", "run", "total");
  static final List<String> PAYLOAD = List.of("maxBytes");

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
    top.number("version", 1, 1, 1);
    String name = top.required("name", PoolConfigReader::name);
    PoolConfig.Verification verification = verification(top);
    PoolConfig.Deadlines deadlines = deadlines(top);
    return new PoolConfig(
        name,
        new JobReader(top).read(),
        seats(top),
        MoneyReader.read(top, verification, deadlines),
        verification,
        new PoolConfig.Runs(
            deadlines,
            top.number("retries", 4, 0, 16),
            mostBytes(top, "input", 16L << 20),
            mostBytes(top, "output", 1L << 20)),
        top.oneOf("access", "owner", "owner", "signed-in", "public"),
        InputsReader.read(top));
  }

  private static String name(String text) {
    if (text.length() > 100 || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("at most 100 characters, none of them control characters");
    }
    return text;
  }

  private static PoolConfig.Seats seats(YamlMap top) {
    int slots = top.number("slots", 1, 1, 10_000);
    // A provider cannot fill more slots than there are, whatever the file allows it.
    return new PoolConfig.Seats(slots, Math.min(slots, top.number("perUser", slots, 1, 10_000)));
  }

  private static PoolConfig.Verification verification(YamlMap top) {
    YamlMap map = top.map("verification", VERIFICATION);
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
    YamlMap map = top.map("deadlines", DEADLINES);
    Duration queue = map.value("queue", Duration.ofMinutes(10), Quantity::duration);
    Duration run = map.value("run", Duration.ofMinutes(1), Quantity::duration);
    Duration total = map.value("total", queue.plus(run.multipliedBy(4)), Quantity::duration);
    if (total.compareTo(run) < 0) {
      throw map.refuse("total", "shorter than one run");
    }
    return new PoolConfig.Deadlines(queue, run, total);
  }

  private static int mostBytes(YamlMap top, String key, long otherwise) {
    YamlMap map = top.map(key, PAYLOAD);
    return (int)
        map.value("maxBytes", otherwise, text -> Quantity.bytes(text, 1, WireLimits.MAX_BLOB))
            .longValue();
  }
}
