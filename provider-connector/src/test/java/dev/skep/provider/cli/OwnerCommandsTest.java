package dev.skep.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.SkepException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner of a pool sees of its webhooks and of what jobs cost. */
class OwnerCommandsTest {
  private static final String POOL = "01a20380-5bf4-722c-a01d-453fefc9eeeb";
  private static final String HOOK = "01a20380-5bf4-722c-a01d-453fefc9eeec";
  private static final String EVENT = "01a20380-5bf4-722c-a01d-453fefc9eeed";
  private static final String HOOKS = "/api/pools/" + POOL + "/webhooks";
  private static final String SHOWN =
      """
      {"id":"%s","poolId":"%s","url":"https://example.org/x","events":["job.failed","pool.closed"],
       "createdAt":"2026-01-01T00:00:00Z","failures":2,"enabled":false,"disabledReason":"410 Gone"}
      """
          .formatted(HOOK, POOL);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path home;
  private StandInQueen queen;

  @BeforeEach
  void open() throws IOException {
    queen = new StandInQueen();
  }

  @AfterEach
  void close() {
    queen.close();
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    Surroundings surroundings =
        new Surroundings(
            Map.of("SKEP_HOME", home.toString(), "SKEP_QUEEN", queen.url()),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InstantSource.system(),
            (contracts, rpc) -> {
              throw new AssertionError("no test here needs a chain");
            });
    return new SkepCli(surroundings).run(args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String last() {
    return queen.seen.get(queen.seen.size() - 1).body();
  }

  @Test
  void shouldShowAWebhooksSecretOnceAndSayWhatIsNext() {
    queen.answer("POST " + HOOKS, SHOWN.strip().replaceAll("}$", ",\"secret\":\"s3cret\"}"));
    assertThat(run("webhook", "add", POOL, "--url", "https://example.org/x", "--events=job.failed"))
        .isZero();
    assertThat(last()).isEqualTo("{\"url\":\"https://example.org/x\",\"events\":[\"job.failed\"]}");
    assertThat(out())
        .contains("secret: s3cret")
        .contains("not shown again")
        .contains("next: skep webhook test " + POOL + " " + HOOK);
    run("webhook", "add", POOL, "--url", "https://example.org/x");
    assertThat(last()).contains("job.completed", "job.cancelled", "job.expired", "pool.closed");
  }

  @Test
  void shouldListAndShowWebhooksWithTheirState() {
    queen.answer("GET " + HOOKS, "[" + SHOWN + "]");
    assertThat(run("webhook", "list", POOL)).isZero();
    assertThat(out()).contains(HOOK).contains("disabled: 410 Gone").contains("job.failed pool.clo");
    assertThat(run("webhook", "show", POOL, HOOK)).isZero();
    assertThat(out()).contains("failures in a row  2");
    assertThat(run("webhook", "show", POOL, EVENT)).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("skep webhook list " + POOL);
    assertThat(run("webhook", "remove", POOL, "../../x")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldTellHowATestEventFared() {
    queen.answer("POST " + HOOKS + "/" + HOOK + "/test", "{\"eventId\":\"" + EVENT + "\"}");
    String log = "GET " + HOOKS + "/" + HOOK + "/deliveries";
    queen.answer(log, delivery("DELIVERED", "\"status\":204"));
    assertThat(run("webhook", "test", POOL, HOOK)).isZero();
    assertThat(out()).contains("answered 204");
    queen.answer(log, delivery("WAITING", "\"status\":500,\"problem\":\"it answered 500\""));
    assertThat(run("webhook", "test", POOL, HOOK)).isNotZero();
    assertThat(err()).contains("it answered 500").contains("skep webhook deliveries " + POOL);
    assertThat(run("webhook", "deliveries", POOL, HOOK)).isZero();
    assertThat(out()).contains("webhook.test").contains("WAITING").contains("500");
  }

  private static String delivery(String state, String more) {
    return """
        [{"eventId":"%s","type":"webhook.test","subject":"%s","state":"%s","tries":1,
          "createdAt":"2026-01-01T00:00:00Z",%s}]
        """
        .formatted(EVENT, EVENT, state, more);
  }

  private void answerPool() {
    queen.answer(
        "GET /api/pools/" + POOL,
        """
        {"id":"%s","name":"n","owner":"0x%s","state":"OPEN","maxPerJob":"500000000000000000",
         "price":{"perJob":"10000000000000000","perSecond":"1000000000000000"},
         "verification":{"copies":2},"available":"0","slots":[]}
        """
            .formatted(POOL, "ab".repeat(20)));
  }

  @Test
  void shouldTellThePriceBeforeACallAndTheCostAfterIt() {
    answerPool();
    queen.answer(
        "POST /pools/" + POOL,
        request ->
            new StandInQueen.Answer(
                200, "1", Map.of("Skep-Job", "j1", "Skep-Cost", "21000000000000000")));
    assertThat(run("pool", "call", POOL, "--input", "1")).isZero();
    assertThat(out().strip()).as("the output alone").isEqualTo("1");
    assertThat(err())
        .contains(
            "price: 0.01 SKEP per job x 2 copies, and 0.001 SKEP per second of each copy;"
                + " at most 0.5 SKEP a job")
        .contains("job j1, cost 0.021");
    assertThat(run("pool", "call", POOL, "--input", "1", "--json")).isZero();
    assertThat(out().strip())
        .isEqualTo("{\"job\":\"j1\",\"output\":1,\"cost\":\"21000000000000000\"}");
    assertThat(err()).isEmpty();
  }

  @Test
  void shouldCallAPoolWhosePriceItCannotLearn() {
    queen.refuse("GET /api/pools/" + POOL, SkepException.of("busy", 503).because("too busy"));
    queen.answer("POST /pools/" + POOL, "1");
    assertThat(run("pool", "call", POOL, "--input", "1")).isZero();
    assertThat(err()).contains("price unknown: too busy");
  }

  @Test
  void shouldShowThePriceOfAPool() {
    answerPool();
    assertThat(run("pool", "show", POOL)).isZero();
    assertThat(out()).contains("0.001 SKEP per second of each copy; at most 0.5 SKEP a job");
  }

  @Test
  void shouldShowWhatEachAttemptCostAndWhatWasFreed() {
    queen.answer(
        "GET /api/jobs/" + EVENT,
        """
        {"id":"%s","poolId":"%s","state":"COMPLETED","createdAt":"c","endedAt":"e",
         "reserved":"500000000000000000","cost":"20000000000000000","freed":"480000000000000000",
         "attempts":[{"number":1,"state":"FAILED","provider":"0xa","runMicros":7,"cost":"0"},
                     {"number":2,"state":"SUCCEEDED","provider":"0xb","runMicros":9,
                      "cost":"20000000000000000"}],
         "receipts":[{"attempt":2,"provider":"0xb","amount":"20000000000000000"}]}
        """
            .formatted(EVENT, POOL));
    assertThat(run("job", "show", EVENT)).isZero();
    assertThat(out())
        .containsPattern("reserved +0.5")
        .containsPattern("cost +0.02")
        .containsPattern("freed +0.48")
        .containsPattern("FAILED +0xa +7 us +0 SKEP\n")
        .containsPattern("SUCCEEDED +0xb +9 us +0.02");
  }

  @Test
  void shouldListOnlyThePoolsThatAreLookedFor() {
    String pool =
        "{\"id\":\"%s\",\"name\":\"%s\",\"state\":\"OPEN\",\"slotsTaken\":%d,\"slotLimit\":2,"
            + "\"price\":{\"perJob\":\"1000000000000000000\",\"perSecond\":\"0\"},\"available\":\"0\"}";
    queen.answer(
        "GET /api/pools",
        "["
            + pool.formatted("a", "Translate", 2)
            + ","
            + pool.formatted("b", "translate more", 1)
            + ","
            + pool.formatted("c", "resize", 0)
            + "]");
    assertThat(run("pool", "list", "--free", "--name", "TRANS")).isZero();
    assertThat(out().lines()).hasSize(2);
    assertThat(out()).contains("/SECOND").contains("translate more");
    assertThat(run("pool", "list", "--free", "--json")).isZero();
    assertThat(out()).contains("\"b\"").contains("\"c\"").doesNotContain("\"a\"");
  }
}
