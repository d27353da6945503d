package dev.skep.provider.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.Destination;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.provider.limit.OwnerRules.Guest;
import dev.skep.provider.limit.OwnerRules.Needs;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.network.Meter;
import dev.skep.provider.runtime.JobSetting;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerRulesTest {

  private static final String POOL = "01a20380-5bf4-722c-a01d-453fefc9eeeb";
  private static final String OWNER = "0x" + "ab".repeat(20);
  private static final Guest GUEST = new Guest(POOL, OWNER, 4);

  @TempDir Path folder;

  private OwnerRules rules(String text) throws IOException {
    return OwnerRulesReader.read(Files.writeString(folder.resolve("limits.yml"), text));
  }

  private static void assertRefused(OwnerRules rules, String code, String why) {
    assertRefused(rules, Programs.echo(), code, why);
  }

  private static void assertRefused(OwnerRules rules, JobSpec job, String code, String why) {
    assertThatThrownBy(() -> rules.admit(GUEST, job))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage() + " " + e.hint()).contains(why);
            });
  }

  @Test
  void shouldLimitNothingWithoutAFile() throws IOException {
    assertThat(OwnerRulesReader.read(folder.resolve("none.yml"))).isEqualTo(OwnerRules.NONE);
    assertThat(rules("")).isEqualTo(OwnerRules.NONE);
    OwnerRules.NONE.admit(GUEST, Programs.echo());
  }

  @Test
  void shouldReadEveryKey() throws IOException {
    OwnerRules rules =
        rules(
            """
            cores: 4
            memory: 1g
            gpus: [0, 2]
            vram: 24g
            disk: 20g
            bandwidth: 5m
            quota: 2g
            when-idle: {load: 25, quiet: 10m}
            hours: [22:00-06:00, 12:00-13:00]
            network: [public, 192.168.1.0/24]
            pools: {deny: [%s]}
            owners: {allow: ["%s"]}
            images: {deny: [node]}
            """
                .formatted(POOL.toUpperCase(java.util.Locale.ROOT), OWNER));
    assertThat(rules.room())
        .isEqualTo(
            new OwnerRules.Room(4000, 1L << 30, 20L << 30, new Cards(Set.of(0, 2), 24L << 30)));
    assertThat(rules.network().meter()).isEqualTo(new Meter(5 << 20, 2L << 30));
    assertThat(rules.with(EgressPolicy.PUBLIC).network().meter())
        .isEqualTo(new Meter(5 << 20, 2L << 30));
    assertThat(rules.idle()).isEqualTo(new IdleRule(0.25, Duration.ofMinutes(10)));
    assertThat(rules.hours().spans()).hasSize(2);
    assertThat(rules.network().allowed()).isTrue();
    assertThat(rules.network().networks()).hasToString("[192.168.1.0/24]");
    assertThat(rules.guests().pools().deny()).containsExactly(POOL);
  }

  @Test
  void shouldRefuseWhoIsNotWelcome() throws IOException {
    assertRefused(rules("pools: {deny: [" + POOL + "]}"), "pool-refused-here", POOL);
    assertRefused(rules("pools: {allow: [" + OWNER + "]}"), "pool-refused-here", POOL);
    assertRefused(rules("owners: {deny: ['" + OWNER + "']}"), "pool-refused-here", OWNER);
    assertRefused(rules("images: {allow: [node]}"), "pool-refused-here", "image python");
    rules("owners: {allow: ['" + OWNER + "']}").admit(GUEST, Programs.echo());
  }

  @Test
  void shouldRefuseMoreThanFits() throws IOException {
    assertRefused(rules("cores: 2"), "limits-exceeded", "Join with -n 2.");
    assertRefused(rules("memory: 900m"), "limits-exceeded", "Join with -n 3.");
    assertRefused(rules("memory: 100m"), "limits-exceeded", "Raise cores, memory");
    rules("cores: 4\nmemory: 1g").admit(GUEST, Programs.echo());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gpus: [0, 1, 2]  | 1 | 8  | 1  | Join with -n 3.",
        "gpus: [0, 1, 2]  | 2 | 0  | 1  | Join with -n 1.",
        "gpus: []         | 1 | 0  | 1  | Raise cores, memory, disk, gpus or vram",
        "vram: 24g        | 1 | 8  | 1  | Join with -n 3.",
        "vram: 24g        | 2 | 16 | 1  | Raise cores, memory, disk, gpus or vram",
        "disk: 2g         | 0 | 0  | 3  | Raise cores, memory, disk, gpus or vram",
        "gpus: [0,1,2,3]  | 1 | 80 | 1  |",
        "'gpus: [0]\nvram: 1g' | 0 | 0 | 1 |",
      })
  void shouldLendSoManyCardsAndSoMuchDisk(
      String text, int gpus, long vramGib, long diskGib, String why) throws IOException {
    Guest guest = new Guest(POOL, OWNER, 4, new Needs(gpus, vramGib << 30, diskGib << 30));
    OwnerRules rules = rules(text.replace("\\n", "\n"));
    if (why == null) {
      rules.admit(guest, Programs.echo());
    } else {
      assertThatThrownBy(() -> rules.admit(guest, Programs.echo()))
          .asInstanceOf(type(SkepException.class))
          .satisfies(e -> assertThat(e.hint()).contains(why));
    }
  }

  @Test
  void shouldRefuseTheNetworkUnlessItIsAllowed() throws IOException {
    var network = new NetworkPolicy(List.of(Destination.parse("site.test:443")));
    JobSpec job = Programs.echo().with(JobSetting.DEFAULT.withNetwork(network));
    assertRefused(rules("cores: 64"), job, "network-not-allowed", "site.test:443");
    rules("network: [public]").admit(GUEST, job);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "core: 2            | 1:1 | did you mean 'cores'?",
        "memory: lots       | 1:9 | a size such as",
        "bandwidth: 1k     | 1:12 | between 16k",
        "gpus: [all]       | 1:8 | whole number",
        "when-idle: {load: 0} | 1:19 | between 1 and 100",
        "hours: [6-7]       | 1:9 | 22:00-06:00",
        "network: [10.1/8]  | 1:11 | range of IPv4 addresses",
        "pools: {allow: x}  | 1:16 | expected a list",
      })
  void shouldSayWhereTheFileIsWrong(String text, String place, String why) {
    assertThatThrownBy(() -> rules(text))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("limits-invalid");
              assertThat(e.getMessage()).contains("limits.yml:" + place + ":").contains(why);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "22:00-06:00, 23:30, true",
    "22:00-06:00, 05:59, true",
    "22:00-06:00, 06:00, false",
    "22:00-06:00, 12:00, false",
    "09:00-17:00, 09:00, true",
    "09:00-17:00, 17:00, false"
  })
  void shouldKeepItsHours(String span, LocalTime now, boolean open) {
    assertThat(new WorkHours(List.of(WorkHours.Span.parse(span))).isOpen(now)).isEqualTo(open);
  }
}
