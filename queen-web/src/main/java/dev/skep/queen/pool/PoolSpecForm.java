package dev.skep.queen.pool;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.pool.PoolSpec.Access;
import dev.skep.queen.pool.PoolSpec.Deadlines;
import dev.skep.queen.pool.PoolSpec.Model;
import dev.skep.queen.pool.PoolSpec.Price;
import dev.skep.queen.pool.PoolSpec.Resources;
import dev.skep.queen.rest.Members;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a spec from what an owner sent. Everything wrong becomes a finding of the members; the spec
 * returned is meaningful only when there is none.
 */
final class PoolSpecForm {
  static final String[] KEYS = {
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
    "access"
  };

  private static final Pattern IMAGE =
      Pattern.compile(
          "[a-z0-9][a-z0-9._-]{0,63}"
              + "|[a-z0-9][a-z0-9._/:-]{0,199}@sha256:[0-9a-f]{64}"
              + "|sha256:[0-9a-f]{64}");
  private static final Pattern MODEL =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9][A-Za-z0-9._-]{0,95})?");
  private static final long MEBIBYTE = 1024L * 1024;
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
    return new PoolSpec(
        image(),
        resources(members.object("resources", "cpus", "memory", "pids", "tmp")),
        models(),
        slots,
        (int) members.number("perUser", slots, 1, 10_000),
        price,
        maxPerJob,
        deposit(maxPerJob),
        verification,
        deadlines,
        (int) members.object("output", "maxBytes").number("maxBytes", MEBIBYTE, 1, MEBIBYTE),
        members.word("access", Access.OWNER, EnumSet.allOf(Access.class)));
  }

  private String image() {
    String image = members.text("image", 1, 300);
    if (!image.isEmpty() && !IMAGE.matcher(image).matches()) {
      members.wrong("image", "must be an alias, name@sha256:digest or sha256:id");
    }
    return image;
  }

  private static Resources resources(Members members) {
    return new Resources(
        members.decimal("cpus", BigDecimal.ONE, new BigDecimal("0.1"), new BigDecimal("64")),
        members.number("memory", 256 * MEBIBYTE, 16 * MEBIBYTE, 1024 * 1024 * MEBIBYTE),
        (int) members.number("pids", 128, 4, 4096),
        members.number("tmp", 64 * MEBIBYTE, 0, 64 * 1024 * MEBIBYTE));
  }

  private List<Model> models() {
    return members.objects("models", 16, "name", "path").stream().map(this::model).toList();
  }

  private Model model(Members model) {
    String name = model.text("name", 1, 193);
    if (!name.isEmpty() && !MODEL.matcher(name).matches()) {
      model.wrong("name", "must look like owner/model");
    }
    @Nullable String path = model.has("path") ? model.text("path", 1, 512) : null;
    return new Model(name, path);
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
