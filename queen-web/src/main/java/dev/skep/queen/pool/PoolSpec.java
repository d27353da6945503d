package dev.skep.queen.pool;

import dev.skep.protocol.data.DataSet;
import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.protocol.wallet.TokenAmount;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool asks of its providers and pays for it. Amounts are in the smallest unit, times in
 * milliseconds, sizes in bytes.
 *
 * @param slots how many slots may be filled at once
 * @param perUser how many of them one provider may fill
 * @param maxPerJob reserved when a job is accepted; what it does not use is freed at its end
 * @param deposit what the owner means to put in; jobs start when it is safe on the chain
 * @param retries attempts beyond the copies, after failures that are not the job's
 * @param maxInputBytes longest input of one job
 * @param maxOutputBytes longest output of one job
 * @param inputs how many jobs a finite pool has; zero for an open one
 */
public record PoolSpec(
    Job job,
    int slots,
    int perUser,
    Price price,
    TokenAmount maxPerJob,
    TokenAmount deposit,
    Verification verification,
    Deadlines deadlines,
    int retries,
    int maxInputBytes,
    int maxOutputBytes,
    int inputs,
    Access access) {

  /**
   * What a slot is made of.
   *
   * @param image alias of a built image, {@code name@sha256:digest} or {@code sha256:id}
   * @param secrets names of variables whose values only those who run the job get
   * @param dependencies its packages, pinned; null when it needs none
   */
  public record Job(
      ProgramRuntime runtime,
      String image,
      Resources resources,
      List<Model> models,
      List<Data> data,
      NetworkPolicy network,
      JobVariables env,
      List<String> secrets,
      @Nullable DependencyLock dependencies) {

    public Job {
      models = List.copyOf(models);
      data = List.copyOf(data);
      secrets = List.copyOf(secrets);
    }
  }

  /**
   * The limits of one slot's container.
   *
   * @param needs what the machine must have besides
   */
  public record Resources(
      BigDecimal cpus, long memoryBytes, int pids, long tmpBytes, Needs needs) {}

  /** Free disk for image, packages and models; graphics cards and the memory of each. */
  public record Needs(long diskBytes, int gpus, long vramBytes) {}

  /**
   * A model mounted read-only.
   *
   * @param files travel with the pool; null when providers keep the model
   * @param sha256 of the manifest of what providers keep; null when nobody checks that
   */
  public record Model(String name, @Nullable DataSet files, @Nullable String sha256) {}

  /** A data set mounted read-only at {@code /data/NAME}. */
  public record Data(String name, DataSet files) {}

  /** What one valid copy earns. */
  public record Price(TokenAmount perJob, TokenAmount perSecond) {
    boolean isFree() {
      return perJob.isZero() && perSecond.isZero();
    }

    /** The most one copy can earn within this run limit; a part of a second counts whole. */
    TokenAmount mostFor(long runMillis) {
      return perJob.plus(perSecond.times((runMillis + 999) / 1000));
    }
  }

  /** How results are believed: {@code agree} of {@code copies} must be equal. */
  public record Verification(Policy policy, int copies, int agree, Distinct distinct) {}

  /** How long a job may wait, run, and take in all. */
  public record Deadlines(long queueMillis, long runMillis, long totalMillis) {}

  /** How much a result is doubted. */
  public enum Policy {
    NONE,
    SPOT_CHECK,
    QUORUM
  }

  /** What must differ between the copies of one job. */
  public enum Distinct {
    MACHINE,
    IP,
    WALLET
  }

  /** Who may send jobs. */
  public enum Access {
    OWNER,
    SIGNED_IN,
    PUBLIC
  }
}
