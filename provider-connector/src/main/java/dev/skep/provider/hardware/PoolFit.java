package dev.skep.provider.hardware;

import dev.skep.provider.queen.Answers;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;

/**
 * Whether a pool's slots fit this machine, and if not, why not.
 *
 * @param slots how many of them this machine can fill, as far as it and the pool allow
 * @param reason why none fit, or what limits their number
 */
public record PoolFit(String poolId, String name, String perJob, int slots, String reason) {

  /** Judges a pool as {@code GET /api/pools/{id}} shows it. */
  public static PoolFit judge(Hardware machine, JsonObject pool) {
    JsonObject spec = pool.getJsonObject("spec");
    JsonObject needs = spec.getJsonObject("resources");
    double cpus = needs.getJsonNumber("cpus").doubleValue();
    long memory = needs.getJsonNumber("memory").longValue();
    int byCpu = (int) (machine.processor().threads() / cpus);
    int byMemory = (int) (machine.memory().available() / memory);
    int free = number(pool, "slotLimit") - number(pool, "slotsTaken");
    int perUser = number(pool, "perUser");
    int slots = Math.max(0, Math.min(Math.min(byCpu, byMemory), Math.min(free, perUser)));
    String reason = reason(slots, new int[] {byCpu, byMemory, free, perUser});
    JsonObject price = pool.getJsonObject("price");
    return new PoolFit(
        Answers.text(pool, "id"),
        Answers.text(pool, "name"),
        price == null ? "" : Answers.text(price, "perJob"),
        slots,
        reason);
  }

  private static String reason(int slots, int[] limits) {
    String[] words = {
      "processors of this machine",
      "free memory of this machine",
      "free slots of the pool",
      "slots per provider"
    };
    for (int i = 0; i < limits.length; i++) {
      if (limits[i] <= slots) {
        return (slots == 0 ? "not enough: " : "limited by ") + words[i];
      }
    }
    return "";
  }

  private static int number(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber number ? number.intValue() : 0;
  }
}
