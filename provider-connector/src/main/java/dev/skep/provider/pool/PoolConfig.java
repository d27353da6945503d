package dev.skep.provider.pool;

import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.protocol.wallet.TokenAmount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A pool as its owner wrote it, checked and with every default filled in.
 *
 * @param inputs what a finite pool works through; empty for an open one
 */
public record PoolConfig(
    String name,
    Job job,
    Seats seats,
    Money money,
    Verification verification,
    Runs runs,
    String access,
    Optional<Inputs> inputs) {

  /**
   * What a slot is made of.
   *
   * @param runtime empty when the program's file name decides
   * @param image empty for our own image of the language
   * @param secrets names of variables that the owner has in the environment
   */
  public record Job(
      Optional<ProgramRuntime> runtime,
      Optional<String> image,
      Resources resources,
      List<Model> models,
      List<Data> data,
      Optional<Dependencies> dependencies,
      NetworkPolicy network,
      JobVariables env,
      List<String> secrets) {}

  /** Limits of one container, and what the machine must have; sizes in bytes. */
  public record Resources(
      BigDecimal cpus, long memory, int pids, long tmp, long disk, int gpus, long vram) {}

  /**
   * A model by its hub name.
   *
   * @param path where the owner has its files; empty when providers keep them
   * @param sha256 what the files of a provider must come to; empty when nobody checks that
   * @param place where the file says so, for refusals: {@code file:line:column}
   */
  public record Model(String name, String path, String sha256, String place) {}

  /** Files of the owner that jobs find under {@code /data/NAME}. */
  public record Data(String name, String path, String place) {}

  /**
   * A list of packages beside the config.
   *
   * @param file {@code requirements.txt} or {@code package.json}
   * @param wheels a folder of wheels that pip looks into before anything else; empty for none
   * @param place where the file says so, for refusals: {@code file:line:column}
   */
  public record Dependencies(Language kind, String file, String wheels, String place) {}

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

  /**
   * What one job may do.
   *
   * @param retries attempts beyond the copies, after failures that are not the job's
   */
  public record Runs(Deadlines deadlines, int retries, int maxInputBytes, int maxOutputBytes) {}

  /** The inputs of a finite pool: a file's lines, or the numbers from and before. */
  public record Inputs(String file, long from, long before) {}

  /** Another number of slots; a provider may fill all of them if it could before. */
  public PoolConfig withSlots(int slots) {
    int perUser = seats.perUser() == seats.slots() ? slots : Math.min(seats.perUser(), slots);
    Seats more = new Seats(slots, perUser);
    return new PoolConfig(name, job, more, money, verification, runs, access, inputs);
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
    return new PoolConfig(name, job, seats, more, verification, runs, access, inputs);
  }
}
