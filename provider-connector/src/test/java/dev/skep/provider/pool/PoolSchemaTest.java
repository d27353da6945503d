package dev.skep.provider.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.skep.protocol.SkepException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use, the reader that decides, and the page that explains are one. */
class PoolSchemaTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SCHEMA = ROOT.resolve("docs/pool.schema.json");
  private static final Path PAGE = ROOT.resolve("docs/pool-file.md");
  private static final String LEAST = "name: n\nprice: {perJob: 0.01 SKEP}\n";

  private static JsonObject schema() throws IOException {
    try (JsonReader reader = Json.createReader(new StringReader(Files.readString(SCHEMA)))) {
      return reader.readObject();
    }
  }

  private static List<String> findings(String yaml) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(SCHEMA));
    return schema.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
      return files.filter(file -> file.endsWith("pool.yml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldTakeEveryExampleAndNameItselfInIt(Path example) throws IOException {
    String yaml = Files.readString(example);

    assertThat(findings(yaml)).isEmpty();
    assertThat(PoolConfigReader.read(example).name()).isNotBlank();
    String[] named = yaml.lines().findFirst().orElseThrow().split("\\$schema=", 2);
    assertThat(named[0]).isEqualTo("# yaml-language-server: ");
    assertThat(example.resolveSibling(named[1])).hasSameBinaryContentAs(SCHEMA);
  }

  @Test
  void shouldKnowTheKeysOfTheReaderAndNoOthers() throws IOException {
    Map<String, List<String>> sections =
        Map.of(
            "", PoolConfigReader.KEYS,
            "resources", JobReader.RESOURCES,
            "price", MoneyReader.PRICE,
            "verification", PoolConfigReader.VERIFICATION,
            "deadlines", PoolConfigReader.DEADLINES,
            "input", PoolConfigReader.PAYLOAD,
            "output", PoolConfigReader.PAYLOAD,
            "inputs", InputsReader.KEYS);
    JsonObject top = schema();
    sections.forEach(
        (name, keys) -> {
          JsonObject section =
              name.isEmpty() ? top : top.getJsonObject("properties").getJsonObject(name);
          assertThat(section.getJsonObject("properties").keySet())
              .as(name)
              .containsExactlyInAnyOrderElementsOf(keys);
          assertThat(section.getBoolean("additionalProperties")).as(name).isFalse();
        });
    JsonObject own = top.getJsonObject("properties");
    assertThat(
            own.getJsonObject("models").getJsonObject("items").getJsonObject("properties").keySet())
        .containsExactlyInAnyOrderElementsOf(JobReader.MODEL);
    assertThat(
            own.getJsonObject("data").getJsonObject("items").getJsonObject("properties").keySet())
        .containsExactlyInAnyOrderElementsOf(JobReader.DATA);
    assertThat(
            own.getJsonObject("dependencies")
                .getJsonArray("oneOf")
                .getJsonObject(1)
                .getJsonObject("properties")
                .keySet())
        .containsExactlyInAnyOrderElementsOf(JobReader.DEPENDENCIES);
  }

  @Test
  void shouldNameTheReadersOwnDefaults() throws IOException {
    StringBuilder yaml = new StringBuilder("name: n\n");
    JsonObject price = Json.createObjectBuilder().add("perJob", "0.01 SKEP").build();
    schema()
        .getJsonObject("properties")
        .forEach((key, of) -> yaml.append(SchemaText.defaults(key, of.asJsonObject(), price)));

    assertThat(PoolConfigReader.parse("defaults", yaml.toString()))
        .as(yaml.toString())
        .isEqualTo(PoolConfigReader.parse("least", LEAST));
  }

  @Test
  void shouldExplainEveryKeyOnItsPage() throws IOException {
    String table = SchemaText.table(schema());
    String page = Files.readString(PAGE);
    if (Boolean.getBoolean("skep.docs.write")) {
      Files.writeString(PAGE, SchemaText.replaced(page, table));
    }
    assertThat(Files.readString(PAGE))
        .as("write it anew: mvn -pl provider-connector -am test -Dskep.docs.write=true")
        .contains(table);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nmae: x",
        "version: 2",
        "runtime: perl",
        "image: a/b:tag",
        "image: PYTHON",
        "dependencies: setup.py",
        "dependencies: {wheels: ./w}",
        "resources: {cpu: 1}",
        "resources: {cpus: 0}",
        "resources: {memory: 5q}",
        "resources: {pids: 2}",
        "resources: {vram: 8g}",
        "models: [{name: ../../etc}]",
        "models: {name: a}",
        "models: [{name: a, sha256: b}]",
        "models: [{name: a, path: b, sha256: abababababababababababababababababababababababababababababababab}]",
        "data: [{name: a}]",
        "data: [{name: A, path: b}]",
        "data: [{name: ../a, path: b}]",
        "data: {a: b}",
        "network: all",
        "network: [b]",
        "env: {PATH: /tmp}",
        "env: {SKEP_X: y}",
        "env: {A-B: x}",
        "env: [A]",
        "secrets: [PATH]",
        "secrets: API_KEY",
        "slots: 0",
        "slots: many",
        "verification: {policy: trust}",
        "deadlines: {run: 60}",
        "retries: 99",
        "inputs: {}",
        "inputs: {range: [1]}",
        "access: everybody",
      })
  void shouldRefuseWhatTheReaderRefuses(String line) throws IOException {
    assertThat(findings(LEAST + line)).isNotEmpty();
    assertThatThrownBy(() -> PoolConfigReader.parse("pool.yml", LEAST + line))
        .isInstanceOf(SkepException.class)
        .hasMessageStartingWith("pool.yml:3:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 1",
        "runtime: node@22",
        "dependencies: requirements.txt",
        "dependencies: {file: requirements.txt, wheels: ./wheels}",
        "resources: {cpus: 0.5, memory: 1g, tmp: 1048576, disk: 20g, gpus: 2, vram: 24g}",
        "models: [{name: dslim/bert-base-NER, path: ./model}]",
        "models: [{name: gpt2, sha256: abababababababababababababababababababababababababababababababab}]",
        "data: [{name: words, path: ./words}, {name: cities.csv, path: ../c.csv}]",
        "output: {maxBytes: 64m}",
        "input: {maxBytes: 300k}",
        "network: none",
        "network: [api.example.org:443, 203.0.113.9:8080]",
        "env: {LANG: C.UTF-8, LEVEL: 3}",
        "secrets: [API_KEY]",
        "inputs: {range: [0, 1000]}",
        "inputs: {file: in.jsonl}",
        "verification: {policy: quorum, copies: 3, agree: 2, distinct: ip}",
        "deposit: 3.5 SKEP",
        "deposit: 3",
      })
  void shouldTakeWhatTheReaderTakes(String line) throws IOException {
    assertThat(findings(LEAST + line)).isEmpty();
    PoolConfigReader.parse("pool.yml", LEAST + line);
  }
}
