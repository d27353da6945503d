package dev.skep.provider.service;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service manager of the user: systemd on Linux, launchd on macOS. */
public final class UserServices {
  private static final Duration LIMIT = Duration.ofSeconds(180);
  private static final int LONGEST_ANSWER = 1 << 16;

  private final boolean mac;
  private final Path home;
  private final Map<String, String> environment;

  /** The manager of this system for the user with this home. */
  public UserServices(String system, Path home, Map<String, String> environment) {
    this.mac = system.startsWith("Mac");
    this.home = home;
    this.environment = environment;
  }

  /** What a command of the service manager said and how it ended. */
  public record Said(String command, int exit, String text) {
    public boolean isDone() {
      return exit == 0;
    }
  }

  /** Where the unit has its place. */
  public Path file(String name) {
    if (mac) {
      return home.resolve("Library/LaunchAgents/dev." + name + ".plist");
    }
    String set = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config = set.isBlank() ? home.resolve(".config") : Path.of(set);
    return config.resolve("systemd/user/" + name + ".service");
  }

  public String text(ServiceUnit unit) {
    return mac
        ? unit.launchd(home.resolve("Library/Logs/dev." + unit.name() + ".log").toString())
        : unit.systemd();
  }

  /** Writes the unit and starts it, now and at each log-in; the answers of the service manager. */
  public List<Said> install(ServiceUnit unit) {
    Path file = file(unit.name());
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text(unit));
    } catch (IOException e) {
      throw unusable("cannot write " + file + ": " + e.getMessage()).causedBy(e);
    }
    if (mac) {
      return inOrder(List.of(List.of("launchctl", "load", "-w", file.toString())));
    }
    return inOrder(
        List.of(
            List.of("systemctl", "--user", "daemon-reload"),
            List.of("systemctl", "--user", "enable", "--now", unit.name() + ".service")));
  }

  /** Stops it, which finishes its jobs, and removes the unit; throws {@code service-not-found}. */
  public List<Said> uninstall(String name) {
    Path file = require(name);
    List<List<String>> commands =
        mac
            ? List.of(List.of("launchctl", "unload", "-w", file.toString()))
            : List.of(List.of("systemctl", "--user", "disable", "--now", name + ".service"));
    List<Said> said = inOrder(commands);
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw unusable("cannot remove " + file + ": " + e.getMessage()).causedBy(e);
    }
    return said;
  }

  public Said status(String name) {
    require(name);
    return mac
        ? run(List.of("launchctl", "list", "dev." + name))
        : run(List.of("systemctl", "--user", "--no-pager", "status", name + ".service"));
  }

  private Path require(String name) {
    Path file = file(name);
    if (Files.exists(file)) {
      return file;
    }
    throw SkepException.of("service-not-found", 404)
        .fault(Fault.CALLER)
        .because("there is no service " + name + ": " + file + " does not exist")
        .hint("skep service install POOL_ID -n 2");
  }

  /** One after the other, until one fails. */
  private static List<Said> inOrder(List<List<String>> commands) {
    List<Said> all = new ArrayList<>();
    for (List<String> command : commands) {
      Said said = run(command);
      all.add(said);
      if (!said.isDone()) {
        return all;
      }
    }
    return all;
  }

  private static Said run(List<String> command) {
    String line = String.join(" ", command);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] text = process.getInputStream().readNBytes(LONGEST_ANSWER);
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Said(line, 1, "no answer within " + LIMIT.toSeconds() + " s");
      }
      return new Said(line, process.exitValue(), new String(text, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return new Said(line, 1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Said(line, 1, "interrupted");
    }
  }

  private static SkepException unusable(String why) {
    return SkepException.of("service-unusable", 400)
        .fault(Fault.PROVIDER)
        .because(why)
        .hint("Look at what would be written with: skep service install POOL_ID --print");
  }
}
