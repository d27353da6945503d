package dev.skep.system.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of a job that needs a site, from its pool to its answer. The site is on this machine,
 * so the provider has to open that address by hand.
 */
@Tag("docker")
class AllowListIT {

  private static final Path ROOT = ShellCommand.ROOT;
  private static final Path EXAMPLE = ROOT.resolve("examples/allow-list");
  private static final String PAGE = "<html><head><title>The hive</title></head></html>";

  private static HttpServer site;
  private static HttpServer neighbour;
  private static String address;

  @BeforeAll
  static void open() throws IOException {
    address = dockerBridge();
    site = serve();
    neighbour = serve();
  }

  @AfterAll
  static void close() {
    site.stop(0);
    neighbour.stop(0);
  }

  private static HttpServer serve() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(0), 0);
    server.createContext("/", AllowListIT::answer);
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private static String dockerBridge() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(network -> network.getName().equals("docker0"))
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .findFirst()
          .orElseThrow()
          .getHostAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String place(HttpServer server) {
    return address + ":" + server.getAddress().getPort();
  }

  @Test
  void shouldRefuseUntilTheProviderAllowsItAndThenReachNothingElse() throws Exception {
    String program = Files.readString(EXAMPLE.resolve("job.py"));
    String pool =
        Files.readString(EXAMPLE.resolve("pool.yml")).replace("example.com:80", place(site));
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), program, pool)) {
      assertRefused(bench, "network-not-allowed", "pool", "join", bench.pool());
      assertRefused(bench, "network-denied", "pool", "join", bench.pool(), "--allow-network");

      bench.run("alice", "pool", "join", bench.pool(), "--allow-network=" + address);
      PoolClient client = bench.client();
      bench.awaitWarm(client, 1);
      JsonObject refused = PoolClient.object(client.call(asks(neighbour)).body());
      assertThat(refused.getString("code")).isEqualTo("job-threw");
      assertThat(refused.getString("detail")).contains("No route to host");
    }
  }

  @Test
  void shouldAnswerAsTheProgramDoesOutsideSkep(@TempDir Path project) throws Exception {
    Path folder = project.resolve("examples/allow-list");
    Files.createDirectories(folder);
    for (String part : List.of("bin", "sdk")) {
      Files.createSymbolicLink(project.resolve(part), ROOT.resolve(part));
    }
    for (String file : List.of("README.md", "job.py", "pool.yml")) {
      Files.writeString(folder.resolve(file), near(Files.readString(EXAMPLE.resolve(file))));
    }
    String answer = "";
    try (Terminal terminal =
        new Terminal(RunningQueen.shared(), project, project.resolve("home"))) {
      terminal.type("PATH=$PWD/bin:$PATH");
      for (String line : Page.read(folder.resolve("README.md")).steps().get(0).lines()) {
        answer = terminal.type(line);
      }
    }
    assertThat(answer.strip()).contains("The hive").isEqualTo(outside(folder).strip());
  }

  /** What a page says of the site in the world, said of the one on this machine. */
  private static String near(String text) {
    return text.replace("example.com:80", place(site))
        .replace("http://example.com/", "http://" + place(site) + "/")
        .replace("POOL_ID --allow-network", "POOL_ID --allow-network=" + address);
  }

  private static String outside(Path folder) {
    Map<String, String> sdk = Map.of("PYTHONPATH", "" + ROOT.resolve("sdk/python"));
    List<String> command = List.of("python3", "job.py", "--input", asks(site));
    return ShellCommand.run(folder, sdk, Duration.ofMinutes(1), command).succeeded();
  }

  private static String asks(HttpServer server) {
    return "{\"url\":\"http://" + place(server) + "/\"}";
  }

  private static void assertRefused(PoolBench bench, String code, String... command) {
    ShellCommand.Result refused = bench.person("alice").script(command);
    assertThat(refused.exit()).as(refused.toString()).isEqualTo(5);
    assertThat(refused.toString()).contains(code).contains("--allow-network");
  }
}
