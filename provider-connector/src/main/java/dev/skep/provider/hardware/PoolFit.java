package dev.skep.provider.hardware;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a pool's slots fit this machine, and if not, why not.
 *
 * @param slots how many of them this machine can fill, as far as it and the pool allow
 * @param reason why none fit, or what limits their number
 */
public record PoolFit(String poolId, String name, String perJob, int slots, String reason) {

  /** One thing that bounds how many slots fit, with the numbers behind it. */
  private record Limit(int slots, String what) {}

  /** Judges a pool as {@code GET /api/pools/{id}} shows it. */
  public static PoolFit judge(Hardware machine, JsonObject pool) {
    List<Limit> limits =
        new ArrayList<>(limits(machine, pool.getJsonObject("spec").getJsonObject("resources")));
    int free = number(pool, "slotLimit") - number(pool, "slotsTaken");
    limits.add(new Limit(free, "free slots of the pool: " + free));
    int perUser = number(pool, "perUser");
    limits.add(new Limit(perUser, "slots per provider: " + perUser));
    Limit least = limits.stream().min(Comparator.comparingInt(Limit::slots)).orElseThrow();
    int slots = Math.max(0, least.slots());
    JsonObject price = pool.getJsonObject("price");
    return new PoolFit(
        Answers.text(pool, "id"),
        Answers.text(pool, "name"),
        price == null ? "" : Answers.text(price, "perJob"),
        slots,
        (slots == 0 ? "not enough " : "limited by ") + least.what());
  }

  /** Looks at this machine when a pool asks for a card or disk, and refuses as {@link #check}. */
  public static void checkNeeds(JsonObject resources) {
    if (number(resources, "gpus") > 0 || size(resources, "disk") > 0) {
      check(HardwareProbe.probe(), resources);
    }
  }

  /**
   * Refuses a machine that could not hold even one slot.
   *
   * @throws SkepException {@code machine-too-small} (PROVIDER) with the numbers
   */
  public static void check(Hardware machine, JsonObject resources) {
    for (Limit limit : limits(machine, resources)) {
      if (limit.slots() < 1) {
        throw SkepException.of("machine-too-small", 422)
            .fault(Fault.PROVIDER)
            .retryable(false)
            .because("this machine has not enough " + limit.what())
            .hint("Join a pool that asks for less: skep evaluate shows which ones fit.");
      }
    }
  }

  private static List<Limit> limits(Hardware machine, JsonObject needs) {
    double cpus = needs.getJsonNumber("cpus").doubleValue();
    long memory = size(needs, "memory");
    long disk = size(needs, "disk");
    int threads = machine.processor().threads();
    long free = machine.memory().available();
    long room = machine.disks().stream().mapToLong(Hardware.Disk::free).max().orElse(0);
    List<Limit> limits = new ArrayList<>();
    limits.add(
        new Limit(
            (int) (threads / cpus),
            "processors: a slot takes " + needs.getJsonNumber("cpus") + ", there are " + threads));
    limits.add(
        new Limit(
            (int) Math.min(Integer.MAX_VALUE, free / memory),
            "memory: a slot takes " + shown(memory) + ", " + shown(free) + " are free"));
    if (disk > room) {
      limits.add(
          new Limit(0, "disk: " + shown(disk) + " are asked for, " + shown(room) + " are free"));
    }
    cards(machine, needs).ifPresent(limits::add);
    return limits;
  }

  private static Optional<Limit> cards(Hardware machine, JsonObject needs) {
    int wanted = number(needs, "gpus");
    long vram = size(needs, "vram");
    if (wanted == 0) {
      return Optional.empty();
    }
    int fitting = (int) machine.gpus().stream().filter(gpu -> gpu.memory() >= vram).count();
    String of = vram == 0 ? "" : " of " + shown(vram);
    return Optional.of(
        new Limit(
            fitting / wanted,
            "graphics cards: a slot takes " + wanted + of + ", there are " + fitting + " such"));
  }

  private static long size(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber number ? number.longValue() : 0;
  }

  private static String shown(long bytes) {
    return bytes >= 1L << 30
        ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
        : (bytes >> 20) + " MiB";
  }

  private static int number(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber number ? number.intValue() : 0;
  }
}
