package dev.skep.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkepCliTest {
  private static final String POOL = "01a20380-5bf4-722c-a01d-453fefc9eeeb";
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private String stdin = "";
  @TempDir Path home;
  private StandInQueen queen;

  @BeforeEach
  void open() throws IOException {
    queen = new StandInQueen();
    environment.put("SKEP_HOME", home.toString());
    environment.put("SKEP_QUEEN", queen.url());
    environment.put("MNEMONIC", "");
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
            environment,
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
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

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "pool --help",
        "pool new --help",
        "pool list --help",
        "pool show --help",
        "pool fund --help",
        "pool join --help",
        "pool call --help",
        "pool close --help",
        "join pool --help",
        "job show --help",
        "job logs --help",
        "job evidence --help",
        "job cancel --help",
        "wallet address --help",
        "wallet balance --help",
        "wallet token --help",
        "wallet claim --help",
        "wallet withdraw --help",
        "evaluate --help",
        "doctor --help",
        "security --help",
        "verify --help"
      })
  void shouldHelpWithEveryCommandByExample(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out()).contains("Usage: skep");
    if (line.split(" ").length > 2) {
      assertThat(out()).contains("--json").contains("Example");
    }
  }

  @Test
  void shouldSayWhereAPoolsFileIsWrongAndWhoseFaultThatIs() throws IOException {
    Path config = Files.writeString(home.resolve("pool.yml"), "name: x\nimgae: python\n");
    Path job = Files.writeString(home.resolve("job.py"), "pass");
    String[] create = {"pool", "new", "--config", config.toString(), "--job", job.toString()};

    assertThat(run(create)).isEqualTo(ExitCode.USAGE);
    assertThat(out()).isEmpty();
    assertThat(err())
        .contains("pool.yml:2:1: unknown key 'imgae'; did you mean 'image'?")
        .contains("config-invalid, fault: yours, in what was asked")
        .contains("next: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pool                                        | needs a command",
        "pool nwe                                    | nwe",
        "pool show                                   | POOL_ID",
        "pool show not-a-uuid                        | 'not-a-uuid' is not a pool id",
        "pool new                                    | --config FILE and --job FILE",
        "pool new --template gpu --model GPT-2 --limit 10 | comes in a later version",
        "pool new --template proxy --per-user 1      | comes in a later version",
        "pool new --template magic                   | there is no template 'magic'",
        "pool new --config /nowhere.yml --job x.py   | cannot read the pool's config",
        "pool join 01a20380-5bf4-722c-a01d-453fefc9eeeb -n 0 | -n must be between",
        "pool join 01a20380-5bf4-722c-a01d-453fefc9eeeb --runtime magic | docker or fake",
        "pool join 01a20380-5bf4-722c-a01d-453fefc9eeeb --sandbox magic | runc, runsc or auto",
        "pool call 01a20380-5bf4-722c-a01d-453fefc9eeeb --input {bad | --input is not JSON",
        "pool call 01a20380-5bf4-722c-a01d-453fefc9eeeb --input @/nowhere | cannot read the input"
            + " file",
        "pool list --queen http://queen.example.org  | neither https nor on this machine",
        "verify /nowhere.json --rpc http://localhost:1 | cannot read the evidence",
        "verify x.json                               | --rpc",
      })
  void shouldExitTwoAndSayWhatIsWrongWithTheCommandLine(String line, String expected) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains(expected).contains("fault: yours").contains("next:");
    assertThat(out()).isEmpty();
  }

  @Test
  void shouldPrintAProblemDocumentWithJson() {
    assertThat(run("pool", "show", "x", "--json")).isEqualTo(ExitCode.USAGE);
    assertThat(json(err()).getString("code")).isEqualTo("id-malformed");
    assertThat(run("pool", "shwo", "--json")).isEqualTo(ExitCode.USAGE);
    assertThat(json(err()).getString("code")).isEqualTo("usage");
  }

  @Test
  void shouldSellNoAnswersThatNobodyComputed() {
    String zero = "0x" + "0".repeat(40);
    queen.answer(
        "GET /api/queen",
        """
        {"queenId":"q","chain":{"chainId":10,"token":"%1$s","forwarder":"%1$s","ledger":"%1$s",
         "voucherSigner":"%1$s"}}
        """
            .formatted(zero));
    assertThat(run("pool", "join", POOL, "--runtime", "fake")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("fake-runtime-refused").contains("--runtime docker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "pause", "resume", "drain"})
  void shouldSayThatNoConnectorRunsHere(String command) {
    assertThat(run("connector", command)).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("connector-absent").contains("skep pool join");
  }

  @Test
  void shouldSayWhereTheLimitsAreWrong() throws IOException {
    Files.writeString(home.resolve("limits.yml"), "cores: 2\nhours: [noon]\n");
    assertThat(run("pool", "join", POOL)).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("limits.yml:2:9").contains("limits-invalid").contains("22:00-06:00");
  }

  @Test
  void shouldExitFiveWhenTheDoctorFindsNoQueen() {
    queen.close();
    assertThat(run("doctor", "--json")).isEqualTo(ExitCode.MACHINE);
    assertThat(json(out()).getBoolean("healthy")).isFalse();
    assertThat(out()).contains("\"queen-unreachable\"").contains("bin/queen status");
  }

  @Test
  void shouldExitFourWhenTheQueenIsNotThere() {
    queen.close();
    assertThat(run("pool", "list")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err()).contains("queen-unreachable").contains("bin/queen status");
  }

  @Test
  void shouldExitThreeWhenTheQueenRefuses() {
    queen.refuse(
        "GET /api/pools/" + POOL,
        SkepException.of("pool-not-found", 404).because("there is no such pool"));
    assertThat(run("pool", "show", POOL)).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("there is no such pool");
  }

  @Test
  void shouldExitFourWhenTheQueenAnswersNonsense() {
    queen.answer("GET /api/pools/" + POOL, "<html>");
    assertThat(run("pool", "show", POOL)).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err()).contains("queen-answer-unreadable");
  }

  @Test
  void shouldExitOneWhenTheJobFails() {
    queen.refuse(
        "POST /pools/" + POOL,
        SkepException.of("job-threw", 422).fault(Fault.JOB).because("ValueError: no"));
    assertThat(run("pool", "call", POOL, "--input", "{}")).isEqualTo(ExitCode.FAILED);
    assertThat(err()).contains("ValueError: no").contains("the job's program");
  }

  @Test
  void shouldPrintTheOutputOfACall() {
    queen.answer(
        "POST /pools/" + POOL,
        request -> new StandInQueen.Answer(200, "{\"b\":2}", Map.of("Skep-Job", "the-job")));
    assertThat(run("pool", "call", POOL, "--input", "{\"a\":1}", "--json")).isZero();
    assertThat(json(out()).getString("job")).isEqualTo("the-job");
    assertThat(json(out()).getJsonObject("output").getInt("b")).isEqualTo(2);

    StandInQueen.Seen call = queen.seen.get(queen.seen.size() - 1);
    assertThat(call.body()).isEqualTo("{\"a\":1}");
    assertThat(call.headers()).containsEntry("Authorization", "Bearer t0ken");
    assertThat(call.headers()).containsKey("Idempotency-key");
  }

  @Test
  void shouldTakeTheInputFromAFileOrStdin() throws IOException {
    Path file = Files.writeString(home.resolve("input.json"), "{\"a b\": [1, 2]}\n");
    queen.answer("POST /pools/" + POOL, "{}");
    assertThat(run("pool", "call", POOL, "--input", "@" + file)).isZero();
    stdin = "42";
    assertThat(run("pool", "call", POOL, "--input", "-")).isZero();
    assertThat(queen.seen.stream().filter(s -> s.line().startsWith("POST /pools/")))
        .extracting(StandInQueen.Seen::body)
        .containsExactly("{\"a b\": [1, 2]}\n", "42");
  }

  @Test
  void shouldWaitForAJobThatTakesLonger() {
    queen.answer(
        "POST /pools/" + POOL,
        request -> new StandInQueen.Answer(202, "{\"id\":\"j1\",\"state\":\"LEASED\"}", Map.of()));
    queen.answer("GET /api/jobs/j1", "{\"id\":\"j1\",\"state\":\"COMPLETED\"}");
    queen.answer("GET /api/jobs/j1/output", "\"done\"");
    assertThat(run("pool", "call", POOL, "--input", "1")).isZero();
    assertThat(out().strip()).isEqualTo("\"done\"");
    assertThat(run("pool", "call", POOL, "--input", "1", "--async", "--json")).isZero();
    assertThat(json(out()).getString("id")).isEqualTo("j1");
  }

  @Test
  void shouldSignNothingForAnotherSite() {
    queen.pretendToBe("bank.example.org");
    assertThat(run("pool", "call", POOL, "--input", "1")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err()).contains("nothing was signed").contains("bank.example.org");
    assertThat(queen.seen).noneMatch(request -> request.line().equals("POST /api/login"));
  }

  @Test
  void shouldSignInAndPrintATokenForOtherPrograms() {
    assertThat(run("wallet", "token")).isZero();
    assertThat(out()).isEqualToIgnoringNewLines("t0ken");
  }

  @Test
  void shouldKeepTheWalletInTheHomeWithoutMnemonic() {
    assertThat(run("wallet", "address", "--json")).isZero();
    String address = json(out()).getString("address");
    assertThat(home.resolve("wallet.json")).exists();
    assertThat(run("wallet", "address")).isZero();
    assertThat(out().strip()).isEqualTo(address);
  }

  @Test
  void shouldUseTheMnemonicWhenThereIsOne() {
    environment.put("MNEMONIC", "test test test test test test test test test test test junk");
    assertThat(run("wallet", "address")).isZero();
    assertThat(out().strip()).isEqualTo("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    assertThat(home.resolve("wallet.json")).doesNotExist();
    environment.put("MNEMONIC", "not a mnemonic");
    assertThat(run("wallet", "address")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("BIP-39").doesNotContain("not a mnemonic\n");
  }

  @Test
  void shouldShowTenSlotsWithTheirContainers() {
    StringBuilder slots = new StringBuilder();
    for (int i = 1; i <= 10; i++) {
      slots
          .append(i == 1 ? "" : ",")
          .append("{\"ordinal\":" + i + ",\"state\":\"WARM\",\"provider\":\"0x1\",")
          .append("\"containerId\":\"container" + i + "\",\"jobsDone\":1}");
    }
    String money =
        "\"price\":{\"perJob\":\"1\",\"perSecond\":\"0\"},\"maxPerJob\":\"1\","
            + "\"available\":\"1\",\"verification\":{\"copies\":1},";
    queen.answer("GET /api/pools/" + POOL, "{" + money + "\"slots\":[" + slots + "]}");
    assertThat(run("pool", "show", POOL)).isZero();
    assertThat(out().lines().filter(line -> line.contains("WARM"))).hasSize(10);
  }

  @Test
  void shouldNotLetStrangersSteerTheTerminal() {
    queen.refuse(
        "GET /api/pools/" + POOL,
        SkepException.of("x", 404).because("\u001b]0;owned\u0007\u001b[2J"));
    run("pool", "show", POOL);
    assertThat(err()).doesNotContain("\u001b").doesNotContain("\u0007");
  }
}
