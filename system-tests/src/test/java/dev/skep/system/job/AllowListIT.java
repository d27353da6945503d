package dev.skep.system.job;

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
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The example of a job that needs a site, from its pool to its answer. The site is on this machine,
 * so the provider has to open that address by hand.
 */
@Tag("docker")
class AllowListIT {

  private static final Path EXAMPLE = Path.of("../examples/allow-list");
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
  void shouldFetchFromTheListedSiteOnlyOnceTheProviderAllowsIt() throws Exception {
    String program = Files.readString(EXAMPLE.resolve("job.py"));
    String pool =
        Files.readString(EXAMPLE.resolve("pool.yml")).replace("example.com:80", place(site));
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), program, pool)) {
      assertRefused(bench, "network-not-allowed", "pool", "join", bench.pool());
      assertRefused(bench, "network-denied", "pool", "join", bench.pool(), "--allow-network");

      bench.run("alice", "pool", "join", bench.pool(), "--allow-network=" + address);
      PoolClient client = bench.client();
      bench.awaitWarm(client, 1);

      HttpResponse<String> fetched = client.call(asks(site));
      assertThat(fetched.body())
          .isEqualTo(
              "{\"characters\":" + PAGE.length() + ",\"status\":200,\"title\":\"The hive\"}");
      JsonObject refused = PoolClient.object(client.call(asks(neighbour)).body());
      assertThat(refused.getString("code")).isEqualTo("job-threw");
      assertThat(refused.getString("detail")).contains("No route to host");
    }
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
