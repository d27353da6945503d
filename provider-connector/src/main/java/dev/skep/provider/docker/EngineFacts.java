package dev.skep.provider.docker;

import com.github.dockerjava.api.model.Info;
import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.Finding;
import java.util.List;

/**
 * What {@code evaluate} tells about the Docker Engine of this machine.
 *
 * @param version empty when no engine answers
 */
public record EngineFacts(
    boolean present, String version, boolean rootless, boolean userns, List<Finding> findings) {

  /** Asks the engine; never throws for its absence, which is a finding. */
  public static EngineFacts read(DockerSettings settings) {
    try (DockerEngine engine = DockerEngine.at(settings.host())) {
      List<Finding> findings = new EngineFindings(engine).list();
      try {
        Info info = engine.call(docker -> docker.infoCmd().exec());
        return of(info, findings);
      } catch (SkepException e) {
        return new EngineFacts(false, "", false, false, findings);
      }
    }
  }

  private static EngineFacts of(Info info, List<Finding> findings) {
    List<String> security =
        info.getSecurityOptions() == null ? List.of() : info.getSecurityOptions();
    return new EngineFacts(
        true,
        String.valueOf(info.getServerVersion()),
        security.stream().anyMatch(option -> option.contains("name=rootless")),
        security.stream().anyMatch(option -> option.contains("name=userns")),
        findings);
  }
}
