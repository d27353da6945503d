package dev.skep.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import dev.skep.protocol.SkepException;
import dev.skep.provider.doctor.Check;
import dev.skep.provider.image.ImageRef;
import dev.skep.provider.image.Images;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.Finding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Docker Engine: how safe it is, what images it has, how much room, whether guards work. */
public record EngineCheck(DockerSettings settings) implements Check {

  private static final long NO_ROOM = 1L << 30;
  private static final long LITTLE_ROOM = 5L << 30;
  private static final long PATIENCE_SECONDS = 60;

  @Override
  public List<Finding> look() {
    try (DockerEngine engine = DockerEngine.at(settings.host())) {
      List<Finding> findings = new ArrayList<>(new EngineFindings(engine).list());
      if (findings.stream().noneMatch(f -> f.code().equals("engine-unavailable"))) {
        Info info = engine.call(docker -> docker.infoCmd().exec());
        String version = "Docker Engine " + info.getServerVersion() + " answers.";
        findings.add(0, new Finding(Severity.INFO, "engine-answers", version, Finding.NOTHING));
        findings.add(gvisor(info));
        findings.addAll(room("" + info.getDockerRootDir()));
        findings.addAll(images(engine));
      }
      return findings;
    }
  }

  private static Finding gvisor(Info info) {
    boolean here = info.getRuntimes() != null && info.getRuntimes().containsKey(Kernel.RUNSC);
    return here
        ? new Finding(
            Severity.INFO,
            "gvisor",
            "gVisor is installed: join with --sandbox runsc to have it between jobs and the kernel.",
            Finding.NOTHING)
        : new Finding(
            Severity.INFO,
            "gvisor-absent",
            "gVisor is not installed; it would stand between jobs and this machine's kernel.",
            "Optional: install runsc as a runtime of Docker, with --host-uds=open.");
  }

  /** Nothing to say of a folder that this user cannot see: the engine may be elsewhere. */
  static List<Finding> room(String root) {
    Path folder = Path.of(root);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      String message = "%.1f GiB are free at %s.".formatted(free / (double) (1 << 30), folder);
      return List.of(room(free, message));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + folder, e);
    }
  }

  static Finding room(long free, String message) {
    if (free >= LITTLE_ROOM) {
      return new Finding(Severity.INFO, "docker-disk", message, Finding.NOTHING);
    }
    Severity severity = free < NO_ROOM ? Severity.BLOCKING : Severity.WARNING;
    String fix = "Free space: docker system df shows what takes it; unused images can go.";
    return new Finding(severity, "docker-disk-low", message, fix);
  }

  private List<Finding> images(DockerEngine engine) {
    Images images = new Images(engine, settings.images());
    List<Finding> findings = new ArrayList<>();
    findings.add(image(images, "python", Severity.WARNING, "no pool of Python jobs can be joined"));
    findings.add(
        image(images, "node", Severity.WARNING, "no pool of JavaScript jobs can be joined"));
    Finding guard =
        image(images, "guard", Severity.WARNING, "no pool with a network can be joined");
    findings.add(guard);
    if (guard.severity() == Severity.INFO) {
      findings.add(nftables(engine, images.resolve(Guards.IMAGE)));
    }
    return findings;
  }

  private static Finding image(Images images, String alias, Severity severity, String lack) {
    try {
      String id = images.resolve(ImageRef.parse(alias));
      String message = "Image '" + alias + "' is here: " + id.substring(0, 19) + ".";
      return new Finding(Severity.INFO, "image-" + alias, message, Finding.NOTHING);
    } catch (SkepException e) {
      String message = "Image '" + alias + "' is not here: " + lack + ".";
      return new Finding(severity, "image-" + alias + "-missing", message, "bin/image " + alias);
    }
  }

  /** Tries what a guard does, in a namespace that is thrown away. */
  private static Finding nftables(DockerEngine engine, String image) {
    String id = engine.call(docker -> probe(docker, image));
    try {
      Integer status = engine.call(docker -> run(docker, id));
      return status == 0
          ? new Finding(
              Severity.INFO, "nftables", "Guards can set their firewall.", Finding.NOTHING)
          : new Finding(
              Severity.WARNING,
              "nftables-missing",
              "A guard cannot set its firewall here (nft ended with " + status + ").",
              "Load nf_tables and nf_conntrack: modprobe -a nf_tables nf_conntrack nft_ct.");
    } finally {
      engine.call(docker -> docker.removeContainerCmd(id).withForce(true).exec());
    }
  }

  private static String probe(DockerClient docker, String image) {
    String rules =
        "add table inet t; add chain inet t c { type filter hook output priority 0; policy drop; };"
            + " add rule inet t c ct state established accept;"
            + " add rule inet t c reject with icmpx type admin-prohibited";
    return docker
        .createContainerCmd(image)
        .withHostConfig(
            HostConfig.newHostConfig()
                .withNetworkMode("none")
                .withReadonlyRootfs(true)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withCapDrop(Capability.ALL)
                .withCapAdd(Capability.NET_ADMIN))
        .withUser("0:0")
        .withEntrypoint("/usr/sbin/nft", rules)
        .withCmd(List.of())
        .exec()
        .getId();
  }

  private static Integer run(DockerClient docker, String id) {
    docker.startContainerCmd(id).exec();
    try (var end = docker.waitContainerCmd(id).exec(new WaitContainerResultCallback())) {
      return end.awaitStatusCode(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
