package dev.skep.provider.dependency;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.provider.pool.PoolConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pins what a pool's config asks for, on the machine of its owner. */
public final class Resolution {
  private Resolution() {}

  /**
   * Resolves the packages of a pool; empty when there is nothing to install, and then nothing was
   * asked of any network.
   *
   * @param folder where the config is, which its paths start from
   * @param scratch where downloaded files lie until they are uploaded
   * @throws SkepException {@code dependency-...} (CALLER) with the line and the tool's reason
   */
  public static Optional<Resolved> of(
      PoolConfig.Dependencies wanted, Path folder, ProgramRuntime runtime, Scratch scratch) {
    Path file = folder.resolve(wanted.file());
    if (!Files.isRegularFile(file)) {
      throw missing(wanted.place() + ": there is no file " + file);
    }
    try {
      return wanted.kind() == Language.PYTHON
          ? new PipResolver(scratch.folder(), runtime, wheels(wanted, folder)).resolve(file)
          : new NpmResolver(scratch.folder()).resolve(file);
    } catch (IOException e) {
      throw missing(wanted.place() + ": cannot read " + file + ": " + e.getMessage()).causedBy(e);
    } catch (IllegalArgumentException e) {
      throw missing(wanted.place() + ": " + file + ": " + e.getMessage()).causedBy(e);
    }
  }

  private static @Nullable Path wheels(PoolConfig.Dependencies wanted, Path folder) {
    if (wanted.wheels().isEmpty()) {
      return null;
    }
    Path wheels = folder.resolve(wanted.wheels()).normalize();
    if (!Files.isDirectory(wheels)) {
      throw missing(wanted.place() + ": there is no folder of wheels " + wheels);
    }
    return wheels;
  }

  private static SkepException missing(String why) {
    return SkepException.of("dependency-file-invalid", 400)
        .fault(Fault.CALLER)
        .because(why)
        .hint("'dependencies' names requirements.txt or package.json beside the config.");
  }
}
