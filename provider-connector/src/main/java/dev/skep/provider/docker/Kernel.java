package dev.skep.provider.docker;

import com.github.dockerjava.api.model.RuntimeInfo;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose kernel a job's system calls reach. */
public enum Kernel {
  /** This machine's, through Docker's own runtime and our list of system calls. */
  HOST,
  /** gVisor's, which stands between; it must be installed as Docker's runtime {@code runsc}. */
  GVISOR,
  /** gVisor's where it is installed and works, else this machine's. */
  AUTO;

  static final String RUNSC = "runsc";

  /**
   * The option's words: {@code runc}, {@code runsc}, {@code auto}.
   *
   * @throws SkepException {@code usage} (CALLER) for any other
   */
  public static Kernel named(String word) {
    return switch (word) {
      case "runc" -> HOST;
      case RUNSC -> GVISOR;
      case "auto" -> AUTO;
      default ->
          throw SkepException.of("usage", 400)
              .fault(Fault.CALLER)
              .because("--sandbox is runc, runsc or auto, not '" + word + "'")
              .hint("skep pool join --help");
    };
  }

  /** The runtime to ask the engine for; null means its own. */
  @Nullable String runtime(DockerEngine engine) {
    if (this == HOST) {
      return null;
    }
    Map<String, RuntimeInfo> runtimes =
        engine.call(docker -> docker.infoCmd().exec()).getRuntimes();
    if (runtimes != null && runtimes.containsKey(RUNSC)) {
      return RUNSC;
    } else if (this == AUTO) {
      return null;
    }
    throw unusable("Docker has no runtime called runsc");
  }

  static SkepException unusable(String why) {
    return SkepException.of("gvisor-unusable", 503)
        .fault(Fault.PROVIDER)
        .because("gVisor cannot run jobs here: " + why)
        .hint(
            "Install it as Docker's runtime runsc with --host-uds=open, or use --sandbox auto or runc.");
  }
}
