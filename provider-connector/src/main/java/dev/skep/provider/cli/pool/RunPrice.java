package dev.skep.provider.cli.pool;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What lines cost in a pool.
 *
 * @param perJob the price of a job that took no time, each copy
 * @param perSecond the price of a second, each copy
 * @param maxPerJob the most one job may cost, all copies; what is reserved for it
 * @param copies paid copies of each job
 * @param available what is left of the deposit
 */
record RunPrice(
    TokenAmount perJob,
    TokenAmount perSecond,
    TokenAmount maxPerJob,
    int copies,
    TokenAmount available) {
  static RunPrice of(JsonObject pool) {
    return Answers.read(
        "/api/pools/{id}",
        () -> {
          JsonObject price = pool.getJsonObject("price");
          return new RunPrice(
              TokenAmount.parse(price.getString("perJob")),
              TokenAmount.parse(price.getString("perSecond")),
              TokenAmount.parse(pool.getString("maxPerJob")),
              pool.getJsonObject("verification").getInt("copies", 1),
              TokenAmount.parse(pool.getString("available")));
        });
  }

  TokenAmount least(long lines) {
    return perJob.times(copies).times(lines);
  }

  TokenAmount most(long lines) {
    return maxPerJob.times(lines);
  }

  /** What one job costs, and the most it can. */
  String tellOne() {
    return "%s per job%s%s; at most %s a job"
        .formatted(
            perJob.toHuman(),
            copies == 1 ? "" : " x " + copies + " copies",
            seconds(),
            maxPerJob.toHuman());
  }

  private String seconds() {
    return perSecond.isZero() ? "" : ", and " + perSecond.toHuman() + " per second of each copy";
  }

  /** The bill before it is run up. */
  List<String> tell(String pool, long lines) {
    List<String> told = new ArrayList<>();
    told.add(
        lines
            + " lines x "
            + perJob.toHuman()
            + " x "
            + copies
            + (copies == 1 ? " copy = " : " copies = ")
            + least(lines).toHuman()
            + seconds()
            + "; at most "
            + most(lines).toHuman());
    told.add("the pool has " + available.toHuman() + " left");
    if (least(lines).compareTo(available) > 0) {
      String more = least(lines).minus(available).toHuman();
      told.add(
          "that may not reach: the run pauses when it is used up; next: skep pool fund "
              + pool
              + " \""
              + more
              + "\"");
    }
    return told;
  }
}
