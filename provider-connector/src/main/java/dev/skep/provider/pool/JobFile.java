package dev.skep.provider.pool;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.ProgramRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pool's program, one file, as its owner has it. */
public record JobFile(byte[] program, ProgramRuntime runtime) {
  /** The longest program, in bytes. */
  public static final int MOST = 256 * 1024;

  /**
   * Reads the program of a pool; its ending tells the language, and has to agree with {@code
   * runtime} of the config when that is given.
   */
  public static JobFile read(Path file, PoolConfig.Job job) {
    ProgramRuntime runtime = runtime(file, job);
    try {
      long size = Files.size(file);
      if (size > MOST || size == 0) {
        throw refused(
            "the program " + file + " has " + size + " bytes; 1 to " + MOST + " are taken");
      }
      return new JobFile(Files.readAllBytes(file), runtime);
    } catch (IOException e) {
      throw refused("cannot read the program " + file).causedBy(e);
    }
  }

  private static ProgramRuntime runtime(Path file, PoolConfig.Job job) {
    Language language = language(file);
    ProgramRuntime runtime = job.runtime().orElse(ProgramRuntime.of(language));
    if (runtime.language() != language) {
      throw refused("the program " + file + " is not written in runtime: " + runtime);
    }
    if (job.image().isEmpty() && !runtime.version().equals(language.version())) {
      throw SkepException.of("runtime-unknown", 400)
          .fault(Fault.CALLER)
          .because(
              "the image '"
                  + language.word()
                  + "' has "
                  + ProgramRuntime.of(language)
                  + ", the config asks for "
                  + runtime)
          .hint("Drop the version, or name an image that has it: image: name@sha256:<digest>.");
    }
    if (job.dependencies().isPresent() && job.dependencies().get().kind() != language) {
      throw refused(
          job.dependencies().get().place()
              + ": '"
              + job.dependencies().get().file()
              + "' are not packages of "
              + language.word()
              + ", which "
              + file
              + " is written in");
    }
    return runtime;
  }

  private static Language language(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".py")) {
      return Language.PYTHON;
    } else if (name.endsWith(".mjs") || name.endsWith(".js")) {
      return Language.NODE;
    }
    throw refused("the program " + file + " is neither Python (.py) nor JavaScript (.mjs, .js)");
  }

  private static SkepException refused(String why) {
    return SkepException.of("program-invalid", 400)
        .fault(Fault.CALLER)
        .because(why)
        .hint("Give one readable source file with --job, for example --job job.py");
  }

  /** How many bytes, never the program itself. */
  @Override
  public String toString() {
    return "JobFile[" + program.length + " bytes of " + runtime + "]";
  }
}
