package dev.skep.provider.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.protocol.wallet.TokenAmount;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolConfigReaderTest {
  private static final String LEAST =
      """
      name: word counts
      image: python
      price: {perJob: 0.01 SKEP}
      """;

  private static PoolConfig read(String text) {
    return PoolConfigReader.parse("pool.yml", text);
  }

  @Test
  void shouldFillInEveryDefault() {
    PoolConfig config = read(LEAST);

    assertThat(config.seats()).isEqualTo(new PoolConfig.Seats(1, 1));
    assertThat(config.job().resources().memory()).isEqualTo(256L << 20);
    assertThat(config.verification().policy()).isEqualTo("spot-check");
    assertThat(config.money().maxPerJob()).isEqualTo(TokenAmount.parseHuman("0.01"));
    assertThat(config.money().deposit()).isEqualTo(TokenAmount.parseHuman("1"));
    assertThat(config.runs().deadlines().run()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.access()).isEqualTo("owner");
  }

  @Test
  void shouldReserveEveryCopyAtItsRunLimitWhenNoMaximumIsGiven() {
    PoolConfig config =
        read(
            """
            name: n
            image: python
            price: {perJob: 1 SKEP, perSecond: 0.5 SKEP}
            deadlines: {run: 10s}
            verification: {policy: quorum, copies: 3, agree: 2}
            """);

    assertThat(config.money().maxPerJob()).isEqualTo(TokenAmount.parseHuman("18"));
  }

  @Test
  void shouldSendTypedValuesAndNoPathsToTheQueen() {
    JsonObject spec =
        spec(
            LEAST
                + """
                models: [{name: dslim/bert-base-NER, path: ./hidden/place}]
                resources: {cpus: 0.5, memory: 1g, disk: 2g, gpus: 1, vram: 8g}
                deadlines: {queue: 10m, run: 60s, total: 15m}
                network: [API.example.org:443, 203.0.113.9:8080]
                env: {LANG: C.UTF-8}
                """);

    assertThat(spec.getJsonObject("price").getString("perJob")).isEqualTo("10000000000000000");
    assertThat(spec.getJsonObject("deadlines").getInt("runMillis")).isEqualTo(60_000);
    assertThat(spec.getJsonObject("resources").getInt("memory")).isEqualTo(1 << 30);
    assertThat(spec.getJsonObject("resources").getJsonNumber("vram").longValue())
        .isEqualTo(8L << 30);
    assertThat(spec.getJsonObject("network").getJsonArray("allow"))
        .hasToString("[\"api.example.org:443\",\"203.0.113.9:8080\"]");
    assertThat(spec.getJsonObject("env").getString("LANG")).isEqualTo("C.UTF-8");
    assertThat(spec.toString()).contains("dslim/bert-base-NER").doesNotContain("hidden");
  }

  private static JsonObject spec(String text) {
    return PoolSpec.of(
        read(text),
        new PoolSpec.Files(ProgramRuntime.PYTHON, Optional.empty(), OptionalInt.empty()));
  }

  @Test
  void shouldTakeTheImageOfTheLanguageWhenNoneIsNamed() {
    PoolConfig config = read("name: n\nruntime: node\nprice: {perJob: 1}");
    ProgramRuntime runtime = config.job().runtime().orElseThrow();
    JsonObject spec =
        PoolSpec.of(config, new PoolSpec.Files(runtime, Optional.empty(), OptionalInt.of(5)));

    assertThat(spec.getString("image")).isEqualTo("node");
    assertThat(spec.getJsonObject("inputs").getInt("count")).isEqualTo(5);
  }

  @Test
  void shouldReadDependenciesWithTheirPlace() {
    PoolConfig.Dependencies plain =
        read(LEAST + "dependencies: requirements.txt").job().dependencies().orElseThrow();
    PoolConfig.Dependencies full =
        read(LEAST + "dependencies: {file: a/requirements.txt, wheels: ./w}")
            .job()
            .dependencies()
            .orElseThrow();

    assertThat(plain.place()).isEqualTo("pool.yml:4:15");
    assertThat(full.wheels()).isEqualTo("./w");
    assertThat(full.kind()).isEqualTo(Language.PYTHON);
  }

  @Test
  void shouldReadTheInputsOfAFinitePool() {
    assertThat(read(LEAST + "inputs: {range: [-5, 1000]}").inputs())
        .contains(new PoolConfig.Inputs("", -5, 1000));
    assertThat(read(LEAST + "inputs: {file: in.jsonl}").inputs())
        .contains(new PoolConfig.Inputs("in.jsonl", 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`nmae: x`                                      | pool.yml:1:1: unknown key 'nmae'; did you mean 'name'",
        "`name: x\nimage: python\npirce: {perJob: 1}`   | pool.yml:3:1: unknown key 'pirce'; did you mean 'price'",
        "`name: x\nname: y`                             | pool.yml:2:1: key 'name' is given twice",
        "`image: python\nprice: {perJob: 1}`            | key 'name' is required",
        "`name: x\nimage: a/b:tag\nprice: {perJob: 1}` | a tag is not taken",
        "`name: x\nversion: 2\nprice: {perJob: 1}`     | pool.yml:2:10: version: '2'",
        "`name: x\nimage: python`                       | price: is required",
        "`name: x\nimage: PYTHON\nprice: {perJob: 1}`   | pool.yml:2:8: image: 'PYTHON'",
        "`name: x\nimage: python\nprice: {perJob: 0}`   | must be above zero",
        "`name: x\nimage: python\nprice: {perJob: -1}`  | pool.yml:3:17: perJob: '-1'",
        "`name: x\nimage: python\nprice: {perJob: 1e5}` | perJob: '1e5'",
        "`name: x\nimage: python\nprice: 5`             | price: expected 'key: value' pairs",
        "`name: [x\nimage: python`                      | pool.yml:2:",
        "`- a\n- b`                                     | expected 'key: value' lines at the top",
        "``                                             | empty",
        "`name: &a x\nimage: *a`                        | anchors (&a) are not allowed",
        "`name: !!java.net.URL x`                       | tags (",
        "`? {a: b}\n: c`                                | a key must be a plain word",
      })
  void shouldRefuseWithItsPlaceAndWhatIsWrong(String text, String expected) {
    assertThatThrownBy(() -> read(text == null ? "" : text))
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> {
              assertThat(e.code()).isEqualTo("config-invalid");
              assertThat(e.fault()).isEqualTo(Fault.CALLER);
              assertThat(e.getMessage()).contains(expected);
              assertThat(e.hint()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`slots: 0`                                         | slots: '0': must be between 1",
        "`slots: many`                                      | slots: 'many': expected a whole number",
        "`perUser: 0`                                       | perUser: '0': must be between 1",
        "`resources: {memory: 5q}`                          | memory: '5q': expected a size",
        "`resources: {cpus: 0}`                             | cpus: '0': must be between 0.1 and 64",
        "`resources: {cpu: 1}`                              | unknown key 'cpu'; did you mean 'cpus'",
        "`deadlines: {run: 60}`                             | run: '60': expected a time",
        "`deadlines: {run: 10m, total: 1m}`                 | total: shorter than one run",
        "`verification: {policy: none}`                     | trustProviders: true",
        "`verification: {policy: trust}`                    | expected one of none, spot-check, quorum",
        "`verification: {policy: quorum, copies: 4, agree: 2}` | majority",
        "`verification: {copies: 2}`                        | needs quorum",
        "`maxPerJob: 0.001 SKEP`                            | maxPerJob: less than perJob x copies",
        "`deposit: 0.001 SKEP`                              | deposit: less than maxPerJob",
        "`output: {maxBytes: 65m}`                          | maxBytes: '65m': must be between",
        "`models: [{name: ../../etc}]`                      | name: '../../etc': expected a hub name",
        "`models: {name: a}`                                | models: expected a list",
        "`resources: {memory: 1m}`                          | memory: '1m': must be between 24m and 1024g",
        "`resources: {memory: 32m, tmp: 64m}`               | tmp: '64m': must be between 1m and 32m",
        "`resources: {vram: 8g}`                            | vram: is the memory of a graphics card",
        "`resources: {gpus: many}`                          | gpus: 'many': expected a whole number",
        "`runtime: perl`                                    | runtime: 'perl': expected python or node",
        "`runtime: python@three`                            | expected a version such as 3.11",
        "`network: all`                                     | network: 'all': expected one of none",
        "`network: [a.org:443, b]`                          | pool.yml:4:22: network: 'b': expected host:port",
        "`network: [a.org:99999]`                           | port must be between 1 and 65535",
        "`network: ['*.example.org:443']`                   | expected host:port",
        "`env: {PATH: /tmp}`                                | pool.yml:4:7: env: 'PATH': is reserved",
        "`env: {ld_preload: x}`                             | is reserved",
        "`env: {A-B: x}`                                    | letters, digits and _ only",
        "`env: {A: x}\nsecrets: [A]`                       | secrets: 'A' is a variable of env already",
        "`secrets: [PATH]`                                  | secrets: 'PATH': is reserved",
        "`env: {A: [x]}`                                    | expected NAME: value",
        "`env: [A]`                                         | env: expected NAME: value pairs",
        "`dependencies: packages.lock`                      | expected requirements.txt or package.json",
        "`runtime: node\ndependencies: requirements.txt`    | does not fit runtime: node@22",
        "`retries: 99`                                      | retries: '99': must be between 0 and 16",
        "`inputs: {}`                                       | inputs: needs either file or range",
        "`inputs: {range: [5, 1]}`                          | expected [first, one past the last]",
        "`access: everybody`                                | access: 'everybody': expected one of",
      })
  void shouldRefuseValuesThatCannotBeMeant(String line, String expected) {
    assertThatThrownBy(() -> read(LEAST + line)).hasMessageContaining(expected);
  }

  @Test
  void shouldRefuseDepthAndSizeBeforeReadingThem() {
    assertThatThrownBy(() -> read("name: " + "[".repeat(30_000)))
        .hasMessageContaining("nested deeper than");
    assertThatThrownBy(() -> read("#".repeat(70_000))).hasMessageContaining("too large");
  }
}
