package dev.skep.queen.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.rest.InvalidRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewPoolTest {
  @Test
  void shouldFillInEveryDefault() {
    PoolSpec spec = read(PoolRequest.right()).spec();

    assertThat(spec.perUser()).isEqualTo(4);
    assertThat(spec.job().resources().memoryBytes()).isEqualTo(256L * 1024 * 1024);
    assertThat(spec.deadlines()).isEqualTo(new PoolSpec.Deadlines(600_000, 60_000, 900_000));
    assertThat(spec.maxOutputBytes()).isEqualTo(1024 * 1024);
    assertThat(spec.access()).isEqualTo(PoolSpec.Access.OWNER);
    assertThat(spec.maxPerJob()).isEqualTo(TokenAmount.parseHuman("0.02 SKEP"));
  }

  @Test
  void shouldReserveTheWholeRunLimitWhenPaidBySecond() {
    JsonObject request = PoolRequest.withSpec("price", "{\"perJob\":\"5\",\"perSecond\":\"2\"}");
    assertThat(read(request).spec().maxPerJob()).isEqualTo(TokenAmount.of(2 * (5 + 2 * 60)));
  }

  @Test
  void shouldStoreTheSpecSoThatItReadsTheSame() {
    PoolSpec spec = read(PoolRequest.right()).spec();
    JsonObject again = PoolRequest.with("spec", PoolSpecJson.of(spec));
    assertThat(read(again).spec()).isEqualTo(spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image | \"../etc\" | /spec/image",
        "slots | 0 | /spec/slots",
        "perUser | 0 | /spec/perUser",
        "price | {\"perJob\":\"0\"} | /spec/price",
        "price | {\"perJob\":\"-1\"} | /spec/price/perJob",
        "price | {\"perJob\":1} | /spec/price/perJob",
        "price | {\"perjob\":\"1\"} | /spec/price/perjob",
        "maxPerJob | \"1\" | /spec/maxPerJob",
        "deposit | \"1\" | /spec/deposit",
        "verification | {\"policy\":\"none\"} | /spec/verification/trustProviders",
        "verification | {\"trustProviders\":true} | /spec/verification/trustProviders",
        "verification | {\"policy\":\"quorum\",\"copies\":4,\"agree\":2} | /spec/verification/agree",
        "verification | {\"copies\":2} | /spec/verification/copies",
        "deadlines | {\"runMillis\":1} | /spec/deadlines/runMillis",
        "deadlines | {\"runMillis\":9000,\"totalMillis\":8000} | /spec/deadlines/totalMillis",
        "output | {\"maxBytes\":999999999} | /spec/output/maxBytes",
        "access | \"keys\" | /spec/access",
        "models | [{\"name\":\"../../x\"}] | /spec/models/0/name",
        "models | {} | /spec/models",
        "models | [{\"name\":\"a\",\"path\":\"/etc\"}] | /spec/models/0/path",
        "models | [{\"name\":\"a\",\"sha256\":\"AB\"}] | /spec/models/0/sha256",
        "models | [{\"name\":\"a\",\"files\":1}] | /spec/models/0/sha256",
        "data | {} | /spec/data",
        "data | [{\"name\":\"../x\"}] | /spec/data/0/name",
        "data | [{\"name\":\"x\"}] | /spec/data/0/sha256",
        "data | [{\"name\":\"x\",\"files\":10001}] | /spec/data/0/files",
        "data | [{\"name\":\"x\",\"bytes\":2147483649}] | /spec/data/0/bytes",
        "data | [{\"name\":\"x\"},{\"name\":\"x\"}] | /spec/data",
        "resources | {\"cpus\":0.0001} | /spec/resources/cpus",
        "resources | \"all\" | /spec/resources",
        "resources | {\"memory\":33554432,\"tmp\":67108864} | /spec/resources/tmp",
        "resources | {\"vram\":1048576} | /spec/resources/vram",
        "resources | {\"gpus\":99} | /spec/resources/gpus",
        "version | 2 | /spec/version",
        "runtime | {\"language\":\"perl\"} | /spec/runtime/language",
        "runtime | {\"version\":\"3.11; rm -rf /\"} | /spec/runtime/version",
        "network | {\"allow\":[\"*.example.org:443\"]} | /spec/network/allow",
        "network | {\"allow\":[\"localhost:443\"]} | /spec/network/allow",
        "network | {\"allow\":[7]} | /spec/network/allow",
        "network | {\"allow\":\"all\"} | /spec/network/allow",
        "env | {\"LD_PRELOAD\":\"/tmp/x.so\"} | /spec/env",
        "env | {\"SKEP_TOKEN\":\"x\"} | /spec/env",
        "env | {\"PYTHONPATH\":\"/tmp\"} | /spec/env",
        "env | {\"A B\":\"x\"} | /spec/env",
        "env | {\"A\":1} | /spec/env",
        "env | [] | /spec/env",
        "check | {\"input\":\"1\"} | /spec/check",
        "check | {\"input\":\"1\",\"output\":\"bees\"} | /spec/check",
        "check | {\"input\":1,\"output\":2} | /spec/check",
        "check | \"1\" | /spec/check",
        "retries | 17 | /spec/retries",
        "secrets | [\"API_KEY\"] | /secrets",
        "secrets | [\"PATH\"] | /spec/secrets",
        "inputs | {\"count\":0} | /spec/inputs/count",
        "inputs | {\"count\":1} | /spec/inputs",
        "inputs | {\"count\":1,\"first\":0,\"sha256\":\"00\"} | /spec/inputs",
        "inputs | {\"count\":1,\"sha256\":\"00\"} | /spec/inputs/sha256",
        "inputs | {\"count\":1,\"first\":1000000000} | /spec/inputs/first",
        "dependencies | {\"kind\":\"python\"} | /spec/dependencies",
        "dependencies | \"requirements.txt\" | /spec/dependencies",
      })
  void shouldPointAtWhatIsWrong(String key, String json, String pointer) {
    assertThat(findings(PoolRequest.withSpec(key, json), true)).contains(pointer);
  }

  @Test
  void shouldListAllMistakesTogether() {
    JsonObject request =
        Json.createObjectBuilder(PoolRequest.withSpec("slots", "0"))
            .add("name", "a\u202eb")
            .add("template", "gpu")
            .add("program", "%%%")
            .add("extra", 1)
            .build();
    assertThat(findings(request, true))
        .containsExactlyInAnyOrder("/extra", "/name", "/template", "/program", "/spec/slots");
  }

  @Test
  void shouldTellCopiesApartByWalletOnTheDevelopmentChainOnly() {
    assertThat(findings(PoolRequest.right(), true)).isEmpty();
    assertThat(findings(PoolRequest.right(), false)).containsExactly("/spec/verification/distinct");
  }

  @Test
  void shouldTellConnectorsTheCheckOfAFreshContainer() {
    NewPool pool = read(PoolRequest.withSpec("check", "{\"input\":\"1\",\"output\":\"[2]\"}"));
    assertThat(PoolSpecJson.of(pool.spec()).getJsonObject("check"))
        .hasToString("{\"input\":\"1\",\"output\":\"[2]\"}");
  }

  @Test
  void shouldKeepTheValuesOfSecretsOutOfTheSpec() {
    JsonObject request =
        Json.createObjectBuilder(PoolRequest.withSpec("secrets", "[\"API_KEY\"]"))
            .add("secrets", Json.createObjectBuilder().add("API_KEY", "s3cret"))
            .build();
    NewPool pool = read(request);

    assertThat(pool.secrets().values()).containsEntry("API_KEY", "s3cret");
    assertThat(PoolSpecJson.of(pool.spec()).toString())
        .contains("API_KEY")
        .doesNotContain("s3cret");
    assertThat(pool.toString()).doesNotContain("s3cret");
    assertThat(findings(PoolRequest.with("secrets", request.get("secrets")), true))
        .containsExactly("/secrets");
  }

  @Test
  void shouldRefuseAProgramThatIsTooLong() {
    String long256 = PoolRequest.base64("x".repeat(256 * 1024 + 1));
    assertThat(findings(PoolRequest.with("program", Json.createValue(long256)), true))
        .containsExactly("/program");
  }

  private static NewPool read(JsonObject request) {
    return NewPool.read(PoolRequest.bytes(request), true);
  }

  private static List<String> findings(JsonObject request, boolean developmentChain) {
    InvalidRequest invalid =
        catchThrowableOfType(
            InvalidRequest.class, () -> NewPool.read(PoolRequest.bytes(request), developmentChain));
    return invalid == null
        ? List.of()
        : invalid.findings().stream().map(InvalidRequest.Finding::pointer).toList();
  }
}
