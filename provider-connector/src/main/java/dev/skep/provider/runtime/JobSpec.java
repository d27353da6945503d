package dev.skep.provider.runtime;

import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.provider.image.ImageRef;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * Everything a slot needs to start: the pool's program and the limits it runs under.
 *
 * @param program the source, as the pool's owner uploaded it
 * @param programSha256 lower-case hex; checked against the program before anything starts
 * @param maxOutputBytes the longest answer one job may give
 * @param initLimit how long the program's init may take
 * @param setting language, packages, network and variables
 */
public record JobSpec(
    byte[] program,
    String programSha256,
    ImageRef image,
    Resources resources,
    List<ModelMount> mounts,
    int maxOutputBytes,
    Duration initLimit,
    JobSetting setting) {

  public JobSpec {
    mounts = List.copyOf(mounts);
  }

  /** A Python program without packages, network or variables. */
  public JobSpec(
      byte[] program,
      String programSha256,
      ImageRef image,
      Resources resources,
      List<ModelMount> mounts,
      int maxOutputBytes,
      Duration initLimit) {
    this(
        program,
        programSha256,
        image,
        resources,
        mounts,
        maxOutputBytes,
        initLimit,
        JobSetting.DEFAULT);
  }

  /** The same job in another setting. */
  public JobSpec with(JobSetting other) {
    return new JobSpec(
        program, programSha256, image, resources, mounts, maxOutputBytes, initLimit, other);
  }

  /** Whether a container of that job may serve this one. */
  public boolean isSameProgram(JobSpec other) {
    return programSha256.equals(other.programSha256) && image.equals(other.image);
  }

  public ProgramRuntime runtime() {
    return setting.runtime();
  }

  public DependencyLayer dependencies() {
    return setting.dependencies();
  }

  public List<DataMount> data() {
    return setting.data();
  }

  public NetworkPolicy network() {
    return setting.network();
  }

  public JobVariables env() {
    return setting.env();
  }

  /** Refuses a program that is not the one the pool was made with. */
  public void checkProgram() {
    String seen = sha256(program);
    if (!seen.equals(programSha256)) {
      throw RuntimeProblem.PROGRAM_MISMATCH.because(
          "the program's SHA-256 is " + seen + ", the pool says " + programSha256);
    }
  }

  /** SHA-256 as lower-case hex, the form of {@link #programSha256()}. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
