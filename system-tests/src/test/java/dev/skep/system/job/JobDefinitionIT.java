package dev.skep.system.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A pool's file from its owner's folder to what a container starts with: packages that only the
 * owner has, variables, another language; and what does not work, told to whom it concerns.
 */
@Tag("docker")
class JobDefinitionIT {
  private static final String LEAST =
      """
      name: definition
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      """;
  private static final String WHEEL = "wheels/skep_greeting-1.2-py3-none-any.whl";

  private static Map<String, byte[]> python(String requirements) {
    Map<String, byte[]> files = new HashMap<>();
    files.put("requirements.txt", bytes(requirements));
    files.put(WHEEL, wheel());
    files.put(
        "pool.yml",
        bytes(
            LEAST
                + """
                slots: 2
                dependencies: {file: requirements.txt, wheels: ./wheels}
                env: {GREETED: bees}
                """));
    files.put(
        "job.py",
        bytes(
            """
            import os
            from sdk import create_job
            from skep_greeting import greet
            create_job(lambda input: greet(os.environ["GREETED"]))
            """));
    return files;
  }

  @Test
  void shouldRunWithAPackageThatOnlyItsOwnerHas() throws Exception {
    try (PoolBench bench =
        new PoolBench(RunningQueen.shared(), "job.py", python("skep-greeting==1.2\n"))) {
      PoolClient client = bench.client();
      bench.join("alice", 2);
      bench.awaitWarm(client, 2);

      HttpResponse<String> answered = client.call("{}");
      assertThat(answered.body()).as("%s", answered).isEqualTo("\"hello bees\"");
      assertThat(layers(bench.homeOf("alice"))).as("two slots, one layer").isEqualTo(1);
      assertFilesAreForThoseWhoJoined(bench, client);
    }
  }

  /** A known hash grants nothing. */
  private static void assertFilesAreForThoseWhoJoined(PoolBench bench, PoolClient client)
      throws Exception {
    JsonObject file =
        client
            .pool()
            .getJsonObject("spec")
            .getJsonObject("dependencies")
            .getJsonArray("files")
            .getJsonObject(0);
    String path = "/api/pools/" + bench.pool() + "/files/" + file.getString("hash").substring(7);
    URI here = RunningQueen.shared().http().resolve(path);

    assertThat(ask(here, "GET", "").statusCode()).isEqualTo(401);
    assertThat(ask(here, "GET", token(bench, "stranger")).statusCode()).isEqualTo(403);
    assertThat(ask(here, "GET", token(bench, "alice")).body()).isEqualTo(wheel());
    HttpResponse<byte[]> rest = ask(here, "GET", token(bench, "alice"), "Range", "bytes=100-");
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).hasSize(wheel().length - 100);
    assertThat(ask(here, "PUT", token(bench, "owner")).statusCode()).as("open").isEqualTo(409);
    assertThat(ask(here, "PUT", token(bench, "stranger")).statusCode()).isEqualTo(403);
    URI other = here.resolve("0".repeat(64));
    assertThat(ask(other, "GET", token(bench, "alice")).statusCode()).isEqualTo(404);
  }

  private static String token(PoolBench bench, String name) {
    return ((JsonObject) bench.person(name).json("wallet", "token")).getString("token");
  }

  private static HttpResponse<byte[]> ask(URI uri, String method, String token, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (method.equals("PUT")) {
      request.header("Content-Type", "application/octet-stream");
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    request.method(
        method, BodyPublishers.ofByteArray(method.equals("PUT") ? wheel() : new byte[0]));
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
  }

  @Test
  void shouldRunJavaScriptWithAPackedPackage() throws Exception {
    Path folder = Files.createTempDirectory("greeting");
    Files.writeString(
        folder.resolve("package.json"),
        "{\"name\":\"skep-greeting\",\"version\":\"1.2.0\",\"type\":\"module\",\"main\":\"index.js\"}");
    Files.writeString(
        folder.resolve("index.js"), "export const greet = (whom) => `hello ${whom}`;");
    Process pack = new ProcessBuilder("npm", "pack", "--silent").directory(folder.toFile()).start();
    assertThat(pack.waitFor()).isZero();
    Map<String, byte[]> files = new HashMap<>();
    files.put("greeting.tgz", Files.readAllBytes(folder.resolve("skep-greeting-1.2.0.tgz")));
    files.put(
        "package.json", bytes("{\"dependencies\": {\"skep-greeting\": \"file:./greeting.tgz\"}}"));
    files.put("pool.yml", bytes(LEAST + "dependencies: package.json\n"));
    files.put(
        "job.mjs",
        bytes(
            """
            import { createJob } from 'sdk';
            import { greet } from 'skep-greeting';
            createJob((input) => greet(input.whom));
            """));

    try (PoolBench bench = new PoolBench(RunningQueen.shared(), "job.mjs", files)) {
      PoolClient client = bench.client();
      bench.join("alice", 1);
      bench.awaitWarm(client, 1);
      assertThat(client.call("{\"whom\":\"bees\"}").body()).isEqualTo("\"hello bees\"");
    }
  }

  @Test
  void shouldGiveSecretsToThoseWhoRunTheJobAndShowThemToNobody() throws Exception {
    String secret = "s3cret-" + System.nanoTime();
    Map<String, byte[]> files =
        Map.of(
            "pool.yml", bytes(LEAST + "secrets: [API_KEY]\n"),
            "job.py",
                bytes(
                    """
                    import os
                    from sdk import create_job
                    create_job(lambda input: os.environ["API_KEY"] == input["guess"])
                    """));
    RunningQueen queen = RunningQueen.shared();
    try (PoolBench bench = new PoolBench(queen, "job.py", files, Map.of("API_KEY", secret))) {
      PoolClient client = bench.client();
      bench.join("alice", 1);
      bench.awaitWarm(client, 1);

      assertThat(client.call("{\"guess\":\"" + secret + "\"}").body()).isEqualTo("true");
      assertThat(client.pool().toString()).contains("API_KEY").doesNotContain(secret);
      assertThat(texts(bench.homeOf("alice"))).noneMatch(text -> text.contains(secret));
      assertThat(texts(queen.home().resolve("logs"))).noneMatch(text -> text.contains(secret));
    }
  }

  /** All that a connector wrote. */
  private static List<String> texts(Path home) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  @Test
  void shouldQuotePipAndNameTheLineWhenAPackageDoesNotResolve() {
    assertThatThrownBy(
            () ->
                new PoolBench(
                    RunningQueen.shared(), "job.py", python("# ours\nskep-nowhere==9.9\n")))
        .hasMessageContaining("dependency-unresolved")
        .hasMessageContaining("requirements.txt:2: skep-nowhere==9.9 does not resolve. pip says:")
        .hasMessageContaining("CALLER");
  }

  @Test
  void shouldTellTheOwnerThatAnImageDoesNotExist() throws Exception {
    HttpServer registry = emptyRegistry();
    String image = "127.0.0.1:" + registry.getAddress().getPort() + "/none@sha256:";
    Map<String, byte[]> files =
        Map.of(
            "pool.yml", bytes(LEAST + "image: " + image + "0".repeat(64) + "\n"),
            "job.py", bytes("from sdk import create_job\ncreate_job(len)\n"));
    try (PoolBench bench = new PoolBench(RunningQueen.shared(), "job.py", files)) {
      PoolClient client = bench.client();
      bench.join("alice", 1);
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(
              () -> {
                JsonArray slots = client.pool().getJsonArray("slots");
                assertThat(slots).as("joined").isNotEmpty();
                JsonObject slot = slots.getJsonObject(0);
                assertThat(slot.getString("state")).isEqualTo("FAILED");
                JsonObject problem = slot.getJsonObject("problem");
                assertThat(problem.getString("code")).isEqualTo("image-not-found");
                assertThat(problem.getString("fault")).isEqualTo("CALLER");
                assertThat(problem.getString("hint")).isNotBlank();
              });
    } finally {
      registry.stop(0);
    }
  }

  /** A registry that speaks the protocol and has no image. */
  private static HttpServer emptyRegistry() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/v2/",
        exchange -> {
          boolean greeting = exchange.getRequestURI().getPath().equals("/v2/");
          byte[] body =
              bytes(
                  "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}");
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(
              greeting ? 200 : 404, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
          if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    return server;
  }

  private static long layers(Path home) throws IOException {
    try (Stream<Path> layers = Files.list(home.resolve("cache/layers"))) {
      return layers.filter(Files::isDirectory).count();
    }
  }

  private static byte[] wheel() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "skep_greeting/__init__.py", "def greet(whom): return 'hello ' + whom\n");
      put(
          zip,
          "skep_greeting-1.2.dist-info/METADATA",
          "Metadata-Version: 2.1\nName: skep-greeting\nVersion: 1.2\n");
      put(
          zip,
          "skep_greeting-1.2.dist-info/WHEEL",
          "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      put(zip, "skep_greeting-1.2.dist-info/RECORD", "");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0); // the same bytes each time
    zip.putNextEntry(entry);
    zip.write(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
