package dev.skep.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Our list of system calls may be shorter than Docker's own, never longer. */
class SeccompTest {

  private static final Set<String> CONDITIONAL = Set.of("socket", "clone");
  private static final long NEW_NAMESPACES = 0x7E02_0000L;

  private final JsonObject profile =
      Json.createReader(new StringReader(Seccomp.profile())).readObject();

  private List<JsonObject> rules(String action) {
    return profile.getJsonArray("syscalls").getValuesAs(JsonObject.class).stream()
        .filter(rule -> rule.getString("action").equals(action))
        .toList();
  }

  private static List<String> names(JsonObject rule) {
    return rule.getJsonArray("names").getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .toList();
  }

  private static Set<String> dockerDefault() throws IOException {
    try (var in = SeccompTest.class.getResourceAsStream("docker-default-syscalls.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void shouldRefuseWhatItDoesNotName() {
    assertThat(profile.getString("defaultAction")).isEqualTo("SCMP_ACT_ERRNO");
  }

  @Test
  void shouldAllowNothingThatDockersDefaultDenies() throws IOException {
    List<String> allowed = new ArrayList<>();
    rules("SCMP_ACT_ALLOW").forEach(rule -> allowed.addAll(names(rule)));
    allowed.removeAll(CONDITIONAL);
    assertThat(allowed).hasSizeGreaterThan(150).doesNotHaveDuplicates();
    assertThat(dockerDefault()).containsAll(allowed);
  }

  @Test
  void shouldNotNameTheDoorsOfTheKernel() {
    assertThat(Seccomp.profile())
        .doesNotContain(
            "io_uring",
            "keyctl",
            "add_key",
            "unshare",
            "setns",
            "bpf",
            "userfaultfd",
            "ptrace",
            "mount");
  }

  @Test
  void shouldOpenOnlySocketsOfNamedFamilies() {
    List<Integer> families = new ArrayList<>();
    for (JsonObject rule : rules("SCMP_ACT_ALLOW")) {
      if (names(rule).contains("socket")) {
        families.add(onlyCondition(rule, "SCMP_CMP_EQ").getInt("value"));
      }
    }
    assertThat(families).containsExactlyInAnyOrder(1, 2, 10, 16); // unix, inet, inet6, netlink
  }

  @Test
  void shouldCloneWithoutNewNamespacesOnly() {
    for (JsonObject rule : rules("SCMP_ACT_ALLOW")) {
      if (names(rule).contains("clone")) {
        JsonObject condition = onlyCondition(rule, "SCMP_CMP_MASKED_EQ");
        assertThat(condition.getJsonNumber("value").longValue()).isEqualTo(NEW_NAMESPACES);
        assertThat(condition.getInt("valueTwo", 0)).isZero();
      }
    }
    assertThat(rules("SCMP_ACT_ERRNO"))
        .extracting(SeccompTest::names)
        .containsExactly(List.of("clone3"));
  }

  private static JsonObject onlyCondition(JsonObject rule, String operator) {
    JsonArray conditions = rule.getJsonArray("args");
    assertThat(conditions).hasSize(1);
    assertThat(conditions.getJsonObject(0).getInt("index")).isZero();
    assertThat(conditions.getJsonObject(0).getString("op")).isEqualTo(operator);
    return conditions.getJsonObject(0);
  }
}
