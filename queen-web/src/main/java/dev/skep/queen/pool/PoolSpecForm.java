package dev.skep.queen.pool;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.dispatch.Limits;
import dev.skep.queen.pool.PoolSpec.Access;
import dev.skep.queen.pool.PoolSpec.Deadlines;
import dev.skep.queen.pool.PoolSpec.Price;
import dev.skep.queen.rest.Members;
import java.time.Duration;
import java.util.EnumSet;

/**
 * Reads a spec from what an owner sent. Everything wrong becomes a finding of the members; the spec
 * returned is meaningful only when there is none.
 */
final class PoolSpecForm {
  static final String[] KEYS = {
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
    "access"
  };

  private static final long MEBIBYTE = 1024L * 1024;

  /** The longest input of a pool that does not say, in bytes. */
  static final int MOST_INPUT = 16 << 20;

  private static final int MOST_INPUTS = 10_000_000;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Members members;
  private final boolean developmentChain;

  PoolSpecForm(Members members, boolean developmentChain) {
    this.members = members;
    this.developmentChain = developmentChain;
  }

  PoolSpec read() {
    int slots = (int) members.number("slots", 1, 1, 10_000);
    Deadlines deadlines =
        deadlines(members.object("deadlines", "queueMillis", "runMillis", "totalMillis"));
    Price price = price(members.object("price", "perJob", "perSecond"));
    PoolSpec.Verification verification = new VerificationForm(members, developmentChain).read();
    TokenAmount most = price.mostFor(deadlines.runMillis()).times(verification.copies());
    TokenAmount maxPerJob = maxPerJob(price, verification.copies(), most);
    members.number("version", 1, 1, 1);
    return new PoolSpec(
        new JobForm(members).read(),
        slots,
        (int) members.number("perUser", slots, 1, 10_000),
        price,
        maxPerJob,
        deposit(maxPerJob),
        verification,
        deadlines,
        (int) members.number("retries", Limits.RETRIES, 0, 16),
        mostBytes("input", MOST_INPUT),
        mostBytes("output", (int) MEBIBYTE),
        inputs(),
        members.word("access", Access.OWNER, EnumSet.allOf(Access.class)));
  }

  private int mostBytes(String member, int otherwise) {
    return (int)
        members.object(member, "maxBytes").number("maxBytes", otherwise, 1, WireLimits.MAX_BLOB);
  }

  private int inputs() {
    Members inputs = members.object("inputs", "count");
    return members.has("inputs") ? (int) inputs.number("count", 0, 1, MOST_INPUTS) : 0;
  }

  private Price price(Members price) {
    Price read =
        new Price(
            price.read("perJob", TokenAmount.ZERO, TokenAmount::parse),
            price.read("perSecond", TokenAmount.ZERO, TokenAmount::parse));
    if (read.isFree()) {
      members.wrong("price", "must be above zero: set perJob or perSecond (smallest unit)");
    }
    return read;
  }

  private TokenAmount maxPerJob(Price price, int copies, TokenAmount most) {
    TokenAmount asked = members.read("maxPerJob", most, TokenAmount::parse);
    TokenAmount least = price.perJob().times(copies);
    if (asked.compareTo(least) < 0) {
      members.wrong("maxPerJob", "must be at least perJob for every copy, " + least);
    }
    return asked;
  }

  private TokenAmount deposit(TokenAmount maxPerJob) {
    TokenAmount deposit = members.read("deposit", TokenAmount.ZERO, TokenAmount::parse);
    if (deposit.compareTo(maxPerJob) < 0) {
      members.wrong("deposit", "must cover at least one job, maxPerJob " + maxPerJob);
    }
    return deposit;
  }

  private static Deadlines deadlines(Members deadlines) {
    long run = deadlines.number("runMillis", 60_000, 100, Duration.ofHours(1).toMillis());
    long queue = deadlines.number("queueMillis", 600_000, 1_000, DAY);
    long total = deadlines.number("totalMillis", Math.max(900_000, run + queue), 100, 2 * DAY);
    if (total < run) {
      deadlines.wrong("totalMillis", "must not be less than runMillis");
    }
    return new Deadlines(queue, run, total);
  }
}
