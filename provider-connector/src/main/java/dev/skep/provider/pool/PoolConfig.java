package dev.skep.provider.pool;

import dev.skep.protocol.wallet.TokenAmount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * A pool as its owner wrote it, checked and with every default filled in.
 *
 * @param slots how many slots the pool offers in all
 * @param perUser how many of them one provider may fill
 * @param maxPerJob what one job may cost at most; reserved when it is accepted
 */
public record PoolConfig(
    String name,
    Image image,
    Seats seats,
    Money money,
    Verification verification,
    Deadlines deadlines,
    int maxOutputBytes,
    String access) {

  /** The image, what a container of it may use, and the models mounted into it. */
  public record Image(String name, Resources resources, List<Model> models) {}

  /** Limits of one container; sizes in bytes. */
  public record Resources(BigDecimal cpus, long memory, int pids, long tmp) {}

  /** A model by its hub name; {@code path} is where the owner keeps it, empty when not given. */
  public record Model(String name, String path) {}

  /** How many slots there are and how many one provider may fill. */
  public record Seats(int slots, int perUser) {}

  /** Prices and the first deposit, in the smallest unit of the token. */
  public record Money(
      TokenAmount perJob, TokenAmount perSecond, TokenAmount maxPerJob, TokenAmount deposit) {}

  /** How results are checked: {@code copies} run, {@code agree} of them must be equal. */
  public record Verification(
      String policy, int copies, int agree, String distinct, boolean trustProviders) {}

  /** How long a job may wait for a slot, run, and take in all. */
  public record Deadlines(Duration queue, Duration run, Duration total) {}

  /** Another number of slots; a provider may fill all of them if it could before. */
  public PoolConfig withSlots(int slots) {
    int perUser = seats.perUser() == seats.slots() ? slots : Math.min(seats.perUser(), slots);
    Seats more = new Seats(slots, perUser);
    return new PoolConfig(
        name, image, more, money, verification, deadlines, maxOutputBytes, access);
  }

  /** Another first deposit, which must cover at least one job. */
  public PoolConfig withDeposit(TokenAmount deposit) {
    if (deposit.compareTo(money.maxPerJob()) < 0) {
      throw YamlTree.invalid(
          "the deposit "
              + deposit.toHuman()
              + " does not cover one job, maxPerJob "
              + money.maxPerJob().toHuman());
    }
    Money more = new Money(money.perJob(), money.perSecond(), money.maxPerJob(), deposit);
    return new PoolConfig(
        name, image, seats, more, verification, deadlines, maxOutputBytes, access);
  }
}
