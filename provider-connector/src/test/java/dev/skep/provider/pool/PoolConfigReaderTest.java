package dev.skep.provider.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.TokenAmount;
import jakarta.json.JsonObject;
import java.time.Duration;
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
    assertThat(config.image().resources().memory()).isEqualTo(256L << 20);
    assertThat(config.verification().policy()).isEqualTo("spot-check");
    assertThat(config.money().maxPerJob()).isEqualTo(TokenAmount.parseHuman("0.01"));
    assertThat(config.money().deposit()).isEqualTo(TokenAmount.parseHuman("1"));
    assertThat(config.deadlines().run()).isEqualTo(Duration.ofMinutes(1));
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
        PoolSpec.of(
            read(
                LEAST
                    + """
                    models: [{name: dslim/bert-base-NER, path: ./secret/place}]
                    resources: {cpus: 0.5, memory: 1g}
                    deadlines: {queue: 10m, run: 60s, total: 15m}
                    """));

    assertThat(spec.getJsonObject("price").getString("perJob")).isEqualTo("10000000000000000");
    assertThat(spec.getJsonObject("deadlines").getInt("runMillis")).isEqualTo(60_000);
    assertThat(spec.getJsonObject("resources").getInt("memory")).isEqualTo(1 << 30);
    assertThat(spec.toString()).contains("dslim/bert-base-NER").doesNotContain("secret");
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
        "`resources: {cpus: 0}`                             | cpus: '0': must be more than 0",
        "`resources: {cpu: 1}`                              | unknown key 'cpu'; did you mean 'cpus'",
        "`deadlines: {run: 60}`                             | run: '60': expected a time",
        "`deadlines: {run: 10m, total: 1m}`                 | total: shorter than one run",
        "`verification: {policy: none}`                     | trustProviders: true",
        "`verification: {policy: trust}`                    | expected one of none, spot-check, quorum",
        "`verification: {policy: quorum, copies: 4, agree: 2}` | majority",
        "`verification: {copies: 2}`                        | needs quorum",
        "`maxPerJob: 0.001 SKEP`                            | maxPerJob: less than perJob x copies",
        "`deposit: 0.001 SKEP`                              | deposit: less than maxPerJob",
        "`output: {maxBytes: 2m}`                           | maxBytes: at most 1m",
        "`models: [{name: ../../etc}]`                      | name: '../../etc': expected a hub name",
        "`models: {name: a}`                                | models: expected a list",
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
