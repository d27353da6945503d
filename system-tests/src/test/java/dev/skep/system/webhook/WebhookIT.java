package dev.skep.system.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import dev.skep.system.webhook.Receiver.Received;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool owner hears of the ends of jobs, and nobody sends the queen into her own house. */
class WebhookIT {
  private static final String POOL =
      """
      name: webhooks
      image: python
      slots: 2
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      """;
  private static final Pattern SNIPPET = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final RunningQueen QUEEN = RunningQueen.shared();

  private static PoolBench bench;
  private static Receiver receiver;
  private static String token;
  @TempDir Path folder;

  @BeforeAll
  static void open() throws IOException {
    bench = new PoolBench(QUEEN, "# The fake runtime answers the input.\n", POOL);
    receiver = new Receiver();
    token = ((JsonObject) bench.owner().json("wallet", "token")).getString("token");
  }

  @AfterAll
  static void close() throws InterruptedException {
    bench.close();
    receiver.close();
  }

  @Test
  void shouldTellTheEndsOfJobsUntilTheyAreHeard() throws Exception {
    PoolClient client = bench.client();
    String early = client.accepted("1");
    JsonObject webhook = register(receiver.url(), "job.completed", "job.cancelled");
    receiver.refuse(1);
    String cancelled = client.accepted("2");
    client.post("/api/jobs/" + cancelled + "/cancel");
    Received first = heard(cancelled);
    bench.run("alice", "pool", "join", bench.pool(), "--runtime", "fake");
    String completed = client.accepted("{\"n\": 3}");

    JsonObject event = json(heard(completed).body());
    assertThat(event.getString("type")).isEqualTo("dev.skep.job.completed");
    assertThat(event.getJsonObject("data").getString("cost")).isEqualTo("10000000000000000");
    assertThat(all(cancelled)).extracting(Received::answered).containsExactly(503, 204);
    assertThat(all(cancelled)).extracting(Received::event).containsOnly(first.event());
    assertThat(all(early)).as("accepted before there was a webhook").isEmpty();
    assertVerified(webhook.getString("secret"), first);
    List<JsonObject> log = deliveries(webhook);
    assertThat(log).allMatch(one -> one.getString("state").equals("DELIVERED"));
    assertThat(log).anyMatch(one -> one.getInt("tries") == 2);
    assertTested(webhook.getString("id"));
  }

  private void assertTested(String id) {
    ShellCommand.Result told = bench.owner().script("webhook", "test", bench.pool(), id);
    assertThat(told.succeeded()).contains("answered 204");
    assertThat(bench.owner().script("webhook", "test", bench.pool(), id).err())
        .contains("webhook-test-too-soon");
    assertThat(bench.owner().script("webhook", "deliveries", bench.pool(), id).succeeded())
        .contains("webhook.test", "DELIVERED");
  }

  @Test
  void shouldNotBeSentIntoTheHouse() throws Exception {
    for (String url :
        List.of(
            "https://169.254.169.254/latest/meta-data/",
            "https://10.0.0.1/",
            "https://[fd00::1]/",
            "http://example.org/",
            "https://user@example.org/",
            "file:///etc/passwd")) {
      HttpResponse<String> refused = post(body(url, "job.completed"));
      assertThat(refused.statusCode()).as(url).isEqualTo(422);
      assertThat(refused.body()).contains("webhook-url-refused");
    }
  }

  @Test
  void shouldServeItsOwnerAlone() throws Exception {
    String stranger = ((JsonObject) bench.person("eve").json("wallet", "token")).getString("token");
    HttpRequest.Builder ask = to("").setHeader("Authorization", "Bearer " + stranger);

    assertThat(send(ask.GET()).statusCode()).isEqualTo(403);
    assertThat(send(to("/no-such-id/deliveries").GET()).body()).contains("webhook-not-found");
    assertThat(post(body(receiver.url(), "job.exploded")).statusCode()).isEqualTo(400);
  }

  @Test
  void shouldForgetAWebhookThatIsDeleted() throws Exception {
    JsonObject webhook = register(receiver.url(), "pool.closed");
    String path = "/" + webhook.getString("id");

    assertThat(send(to("").GET()).body()).contains(webhook.getString("id")).doesNotContain("whsec");
    assertThat(send(to(path).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(to(path).DELETE()).statusCode()).isEqualTo(404);
  }

  /** The program of docs/webhooks.md is what judges, on a true delivery and on a changed one. */
  private void assertVerified(String secret, Received delivery) throws IOException {
    Matcher snippet = SNIPPET.matcher(Files.readString(Path.of("..", "docs", "webhooks.md")));
    assertThat(snippet.find()).isTrue();
    String check =
        snippet.group(1)
            + "\nimport sys\nheaders = {'Skep-Timestamp': sys.argv[2], 'Skep-Signature': sys.argv[3]}\n"
            + "print(verify(sys.argv[1], headers, sys.argv[4].encode()))\n";
    Path program = Files.writeString(folder.resolve("check.py"), check);
    String body = new String(delivery.body(), StandardCharsets.UTF_8);

    assertThat(python(program, secret, delivery, body)).isEqualTo("True");
    assertThat(python(program, secret, delivery, body.replace("CANCELLED", "COMPLETED")))
        .isEqualTo("False");
    assertThat(python(program, "whsec_other", delivery, body)).isEqualTo("False");
  }

  private static String python(Path program, String secret, Received delivery, String body) {
    List<String> command =
        List.of(
            "python3",
            program.toString(),
            secret,
            delivery.timestamp(),
            delivery.signature(),
            body);
    return ShellCommand.run(Map.of(), Duration.ofMinutes(1), command).succeeded().strip();
  }

  private static JsonObject register(String url, String... events) throws Exception {
    HttpResponse<String> answer = post(body(url, events));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String body(String url, String... events) {
    return Json.createObjectBuilder()
        .add("url", url)
        .add("events", Json.createArrayBuilder(List.of(events)))
        .build()
        .toString();
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return send(
        to("").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
  }

  private static List<JsonObject> deliveries(JsonObject webhook) throws Exception {
    String log = send(to("/" + webhook.getString("id") + "/deliveries").GET()).body();
    return Json.createReader(new StringReader(log)).readArray().getValuesAs(JsonObject.class);
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
            QUEEN.http().resolve("/api/pools/" + bench.pool() + "/webhooks" + path))
        .timeout(Duration.ofMinutes(1))
        .header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static Received heard(String job) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> all(job).stream().anyMatch(one -> one.answered() == 204));
    List<Received> all = all(job);
    return all.get(all.size() - 1);
  }

  private static List<Received> all(String job) {
    return receiver.all().stream()
        .filter(one -> json(one.body()).getString("subject").equals(job))
        .toList();
  }

  private static JsonObject json(byte[] text) {
    return Json.createReader(new StringReader(new String(text, StandardCharsets.UTF_8)))
        .readObject();
  }
}
