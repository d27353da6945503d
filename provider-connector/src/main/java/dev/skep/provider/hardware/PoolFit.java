package dev.skep.provider.hardware;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.limit.OwnerRules;
import dev.skep.provider.pool.Quantity;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Whether a pool's slots fit this machine, and if not, why not.
 *
 * @param slots how many of them this machine can fill, as far as it and the pool allow
 * @param reason why none fit, or what limits their number
 */
public record PoolFit(String poolId, String name, Pay pay, int slots, String reason) {

  /** What one copy of a job is paid, in the smallest unit. */
  public record Pay(TokenAmount perJob, TokenAmount perSecond) {

    static Pay of(JsonObject pool) {
      JsonObject price = pool.getJsonObject("price");
      return price == null
          ? new Pay(TokenAmount.ZERO, TokenAmount.ZERO)
          : new Pay(
              TokenAmount.parse(Answers.text(price, "perJob")),
              TokenAmount.parse(Answers.text(price, "perSecond")));
    }
  }

  /** What all its slots here earn in an hour of work by time alone, besides the price per job. */
  public TokenAmount perHour() {
    return pay.perSecond().times(3600L * slots);
  }

  /** The same pool when the owner's own rules let in fewer slots. */
  public PoolFit atMost(long allowed, String why) {
    return allowed >= slots ? this : new PoolFit(poolId, name, pay, (int) allowed, why);
  }

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
    money(pool).ifPresent(limits::add);
    Limit least = limits.stream().min(Comparator.comparingInt(Limit::slots)).orElseThrow();
    int slots = Math.max(0, least.slots());
    return new PoolFit(
        Answers.text(pool, "id"),
        Answers.text(pool, "name"),
        Pay.of(pool),
        slots,
        (slots == 0 ? "not enough " : "limited by ") + least.what());
  }

  /** What a pool's resources ask for besides processors and memory. */
  public static OwnerRules.Needs needs(JsonObject resources) {
    return new OwnerRules.Needs(
        number(resources, "gpus"), size(resources, "vram"), size(resources, "disk"));
  }

  /**
   * Looks at this machine when a pool asks for a card or disk, and refuses as {@link #check}.
   *
   * @param lent which cards, as nvidia-smi numbers them, jobs may have
   */
  public static void checkNeeds(JsonObject resources, IntPredicate lent) {
    OwnerRules.Needs needs = needs(resources);
    if (needs.gpus() > 0 || needs.disk() > 0) {
      check(HardwareProbe.probe().lending(lent), resources);
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
            "memory: a slot takes "
                + Quantity.about(memory)
                + ", "
                + Quantity.about(free)
                + " are free"));
    if (disk > room) {
      limits.add(
          new Limit(
              0,
              "disk: "
                  + Quantity.about(disk)
                  + " are asked for, "
                  + Quantity.about(room)
                  + " are free"));
    }
    cards(machine, needs).ifPresent(limits::add);
    return limits;
  }

  /** A pool that cannot pay one more job sends none. */
  private static Optional<Limit> money(JsonObject pool) {
    String most = Answers.text(pool, "maxPerJob");
    String left = Answers.text(pool, "available");
    if (most.isEmpty() || left.isEmpty()) {
      return Optional.empty();
    }
    TokenAmount needed = TokenAmount.parse(most);
    TokenAmount there = TokenAmount.parse(left);
    String what =
        "money: a job may cost %s, %s are left".formatted(needed.toHuman(), there.toHuman());
    return there.compareTo(needed) < 0 ? Optional.of(new Limit(0, what)) : Optional.empty();
  }

  private static Optional<Limit> cards(Hardware machine, JsonObject needs) {
    int wanted = number(needs, "gpus");
    long vram = size(needs, "vram");
    if (wanted == 0) {
      return Optional.empty();
    }
    int fitting = (int) machine.gpus().stream().filter(gpu -> gpu.memory() >= vram).count();
    String of = vram == 0 ? "" : " of " + Quantity.about(vram);
    return Optional.of(
        new Limit(
            fitting / wanted,
            "graphics cards: a slot takes " + wanted + of + ", there are " + fitting + " such"));
  }

  private static long size(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber number ? number.longValue() : 0;
  }

  private static int number(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber number ? number.intValue() : 0;
  }
}
