package dev.skep.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceTest {
  private final SettledReceipt settled = SettledReceipt.onAFakeChain();
  private final String json = settled.evidence().toJson();

  @Test
  void shouldPassWhatWasSettled() {
    List<EvidenceCheck> checks = EvidenceCheck.run(settled.evidence(), settled.witness());
    assertThat(checks).hasSize(10).allMatch(EvidenceCheck::passed);
    assertThat(EvidenceCheck.allPassed(checks)).isTrue();
  }

  @Test
  void shouldReadTheQueensWordOnTheBlocksStateWithoutBelievingIt() {
    String queens = json.replace("\"tx\":", "\"state\":\"FINAL\",\"tx\":");
    assertThat(Evidence.parse(queens)).containsExactly(settled.evidence());
  }

  @Test
  void shouldReadWhatItWroteAloneAndInAnArray() {
    assertThat(Evidence.parse(json)).containsExactly(settled.evidence());
    assertThat(Evidence.parse("[" + json + "," + json + "]")).hasSize(2);
    assertThat(Evidence.parse("[]")).isEmpty();
  }

  /** One value changed, and the checks that must notice. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"attempt\":1 | \"attempt\":2 | receipt-in-block",
        "\"amount\":\"5\" | \"amount\":\"6\" | receipt-in-block",
        "\"amount\":\"5\" | \"amount\":\"500\" | receipt-in-block,amount-covered",
        "\"cumulative\":\"12\" | \"cumulative\":\"13\" | earning-in-block",
        "\"number\":1 | \"number\":2 | block-hash,block-on-chain",
        "\"chainId\":31337 | \"chainId\":1135 | block-hash,chain-id"
      })
  void shouldNoticeEachForgery(String original, String forged, String failing) {
    String changed = json.replace(original, forged);
    assertThat(changed).isNotEqualTo(json);
    assertThat(failed(changed)).containsExactlyInAnyOrder(failing.split(","));
  }

  @Test
  void shouldNoticeABlockThatWasNeverOnTheChain() {
    Map<String, Boolean> checks =
        EvidenceCheck.run(settled.evidence(), SettledReceipt.emptyWitness()).stream()
            .collect(Collectors.toMap(EvidenceCheck::name, EvidenceCheck::passed));
    assertThat(checks)
        .containsEntry("block-hash", true)
        .containsEntry("block-on-chain", false)
        .containsEntry("transaction", false);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        "{}",
        "[[]]",
        "[1]",
        "null",
        "{\"receipt\":1}",
        "JSON\",\"extra\":1}",
        "JSON,",
        "JSON]",
        "JSON{}",
        "[".repeat(5_000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void shouldRefuseWhatIsNoEvidence(String text) {
    assertMalformed(text.replace("JSON", json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"attempt\":1 | \"attempt\":1.5",
        "\"attempt\":1 | \"attempt\":1e300",
        "\"attempt\":1 | \"attempt\":\"1\"",
        "\"attempt\":1 | \"attempt\":0",
        "\"attempt\":1 | \"attempt\":1,\"attempt\":1",
        "\"attempt\":1 | \"attempt\":1,\"more\":1",
        "\"amount\":\"5\" | \"amount\":5",
        "\"amount\":\"5\" | \"amount\":\"-5\"",
        "\"parentHash\":\"0x | \"parentHash\":\"0x00",
        "\"poolId\" | \"poolID\""
      })
  void shouldRefuseAnyOtherForm(String original, String changed) {
    String text = json.replace(original, changed);
    assertThat(text).isNotEqualTo(json);
    assertMalformed(text);
  }

  private static void assertMalformed(String text) {
    assertThatThrownBy(() -> Evidence.parse(text))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("evidence-malformed"));
  }

  private List<String> failed(String document) {
    return EvidenceCheck.run(Evidence.parse(document).get(0), settled.witness()).stream()
        .filter(check -> !check.passed())
        .map(EvidenceCheck::name)
        .toList();
  }
}
