package dev.skep.provider.pool;

import dev.skep.protocol.wallet.TokenAmount;
import java.util.List;

/** Reads what a pool pays; a price that could never buy a job is refused. */
final class MoneyReader {
  static final List<String> PRICE = List.of("perJob", "perSecond");

  private MoneyReader() {}

  static PoolConfig.Money read(
      YamlMap top, PoolConfig.Verification verification, PoolConfig.Deadlines deadlines) {
    YamlMap price = top.map("price", PRICE);
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
}
