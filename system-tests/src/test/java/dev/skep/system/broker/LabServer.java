package dev.skep.system.broker;

import dev.skep.system.server.ShellCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A server of its own in which the guard may be switched off: Payara as {@code bin/queen} makes it,
 * without database and chain, with one servlet instead of the queen. Started once per JVM of tests,
 * stopped with it.
 */
final class LabServer {
  private static final Path HOME = Path.of("target/broker-lab").toAbsolutePath();
  private static final int BASE_PORT =
      Integer.getInteger(
          "skep.lab.basePort", Integer.getInteger("skep.queen.basePort", 30_000) + 1_000);
  private static final String CLASSES = "dev/skep/system/broker/lab";
  private static final LabServer SHARED = new LabServer();

  private LabServer() {
    queen("start", "--base-port", String.valueOf(BASE_PORT), "--ear", war().toString());
    if (!Boolean.getBoolean("skep.lab.keep")) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> queen("stop")));
    }
  }

  static LabServer shared() {
    return SHARED;
  }

  String http() {
    return "http://127.0.0.1:" + (BASE_PORT + 80) + "/skep";
  }

  int brokerPort() {
    return BASE_PORT + 84;
  }

  Path certificate() {
    return HOME.resolve("tls/queen.crt");
  }

  /** The password of a fixed user of the broker, which no connector knows. */
  String secret(String name) {
    try (Stream<String> lines = Files.lines(HOME.resolve("secrets"))) {
      return lines
          .filter(line -> line.startsWith(name + "="))
          .findFirst()
          .orElseThrow()
          .substring(name.length() + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the broker has logged so far, in characters. */
  long brokerLogSize() {
    try {
      return Files.size(HOME.resolve("domain/queen/imq/instances/imqbroker/log/log.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void queen(String command, String... more) {
    List<String> line =
        Stream.concat(Stream.of("bin/queen", command, "--home", HOME.toString()), Stream.of(more))
            .toList();
    ShellCommand.run(environment(), Duration.ofMinutes(8), line).succeeded();
  }

  private static Map<String, String> environment() {
    return Map.of(
        "SKEP_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none",
        "SKEP_RPC_URL", "http://127.0.0.1:1",
        "SKEP_JVM_OPTIONS", "-Dskep.broker.attack-lab=true");
  }

  private static Path war() {
    Path war = Path.of("target/broker-lab.war").toAbsolutePath();
    Path classes = Path.of("target/test-classes").resolve(CLASSES);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war));
        Stream<Path> files = Files.list(classes)) {
      for (Path file : files.sorted().toList()) {
        ZipEntry entry = new ZipEntry("WEB-INF/classes/" + CLASSES + "/" + file.getFileName());
        entry.setTime(
            0); // The same bytes each time, so that an unchanged servlet is not deployed again.
        zip.putNextEntry(entry);
        zip.write(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return war;
  }
}
