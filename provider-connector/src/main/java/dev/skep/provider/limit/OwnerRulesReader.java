package dev.skep.provider.limit;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.network.AddressRange;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.network.Meter;
import dev.skep.provider.pool.Quantity;
import dev.skep.provider.pool.YamlMap;
import dev.skep.provider.pool.YamlTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code limits.yml}; a file that is not there sets no limits. */
public final class OwnerRulesReader {

  private static final List<String> KEYS =
      List.of(
          "cores",
          "memory",
          "gpus",
          "vram",
          "disk",
          "bandwidth",
          "quota",
          "hours",
          "when-idle",
          "network",
          "pools",
          "owners",
          "images");
  private static final List<String> IDLE = List.of("load", "quiet");
  private static final List<String> LISTS = List.of("allow", "deny");

  private OwnerRulesReader() {}

  /**
   * The rules in a file.
   *
   * @throws SkepException {@code limits-invalid} (CALLER) with line and column
   */
  public static OwnerRules read(Path file) {
    if (!Files.exists(file)) {
      return OwnerRules.NONE;
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.isBlank() ? OwnerRules.NONE : parse(file.toString(), text);
    } catch (IOException e) {
      throw invalid("cannot read " + file + ": " + e.getMessage()).causedBy(e);
    }
  }

  private static OwnerRules parse(String file, String text) {
    try {
      YamlTree tree = new YamlTree(file);
      YamlMap map = new YamlMap(tree, tree.read(text), KEYS);
      return new OwnerRules(room(map), hours(map), guests(map), network(map), idle(map));
    } catch (SkepException e) {
      throw invalid("" + e.getMessage()).causedBy(e);
    }
  }

  private static OwnerRules.Room room(YamlMap map) {
    return new OwnerRules.Room(
        map.value(
            "cores",
            Long.MAX_VALUE,
            text -> Quantity.cpus(text).movePointRight(3).longValueExact()),
        map.value("memory", Long.MAX_VALUE, Quantity::bytes),
        map.value("disk", Long.MAX_VALUE, Quantity::bytes),
        new Cards(
            map.has("gpus") ? Set.copyOf(map.texts("gpus", OwnerRulesReader::card)) : null,
            map.value("vram", Long.MAX_VALUE, Quantity::bytes)));
  }

  private static int card(String text) {
    return Quantity.number(text, 0, 255);
  }

  private static WorkHours hours(YamlMap map) {
    return map.has("hours")
        ? new WorkHours(map.texts("hours", WorkHours.Span::parse))
        : WorkHours.ALWAYS;
  }

  private static OwnerRules.Guests guests(YamlMap map) {
    return new OwnerRules.Guests(
        lists(map.map("pools", LISTS), text -> text.toLowerCase(Locale.ROOT)),
        lists(map.map("owners", LISTS), text -> text.toLowerCase(Locale.ROOT)),
        lists(map.map("images", LISTS), text -> text));
  }

  private static AllowDeny lists(YamlMap map, Function<String, String> reader) {
    return new AllowDeny(list(map, "allow", reader), list(map, "deny", reader));
  }

  private static Set<String> list(YamlMap map, String key, Function<String, String> reader) {
    return map.has(key) ? Set.copyOf(map.texts(key, reader)) : Set.of();
  }

  private static EgressPolicy network(YamlMap map) {
    EgressPolicy places =
        map.has("network")
            ? EgressPolicy.of(map.texts("network", text -> checked(text)))
            : EgressPolicy.NONE;
    Meter standard = Meter.STANDARD;
    return places.with(
        new Meter(
            map.value("bandwidth", standard.bytesPerSecond(), OwnerRulesReader::rate),
            map.value("quota", standard.bytesPerDay(), Quantity::bytes)));
  }

  /** Less than this and not even a session would get through. */
  private static long rate(String text) {
    return Quantity.bytes(text, 16 << 10, 1L << 40);
  }

  private static IdleRule idle(YamlMap map) {
    YamlMap idle = map.map("when-idle", IDLE);
    return new IdleRule(
        idle.value("load", 100, text -> Quantity.number(text, 1, 100)) / 100.0,
        idle.value("quiet", Duration.ZERO, Quantity::duration));
  }

  /** A bad range is told with its own place in the file. */
  private static String checked(String text) {
    return text.equals(EgressPolicy.PUBLIC_WORD) ? text : AddressRange.parse(text).toString();
  }

  private static SkepException invalid(String why) {
    return SkepException.of("limits-invalid", 400)
        .fault(Fault.CALLER)
        .because(why)
        .hint("Known keys: " + String.join(", ", KEYS) + "; docs/operations.md shows an example.");
  }
}
