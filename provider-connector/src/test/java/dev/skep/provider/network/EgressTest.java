package dev.skep.provider.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.pool.Destination;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.provider.runtime.Programs;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {

  private static final NameService NAMES =
      host -> {
        List<String> known =
            Map.of(
                    "site.test", List.of("203.0.113.9"),
                    "rebound.test", List.of("192.168.1.1", "203.0.113.7"),
                    "trap.test", List.of("169.254.169.254"))
                .getOrDefault(host, host.matches("[0-9.]+") ? List.of(host) : List.of());
        return known.stream().map(AddressRange::parse).toList();
      };

  private static NetworkPolicy pool(String... places) {
    return new NetworkPolicy(Stream.of(places).map(Destination::parse).toList());
  }

  private static Egress resolve(EgressPolicy provider, String... places) {
    return Egress.resolve(pool(places), provider, NAMES);
  }

  private static EgressPolicy opened(String range) {
    return new EgressPolicy(true, List.of(AddressRange.parse(range)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0:80",
        "10.99.0.2:80",
        "100.64.0.1:80",
        "127.0.0.1:80",
        "169.254.169.254:80",
        "172.17.0.1:80",
        "192.168.1.1:443",
        "198.18.0.1:80",
        "224.0.0.251:5353",
        "255.255.255.255:9",
        "203.0.113.9:25",
        "203.0.113.9:465",
        "203.0.113.9:587",
        "trap.test:80"
      })
  void shouldRefuseWhatIsNotAPublicPlace(String place) {
    Egress egress = resolve(EgressPolicy.PUBLIC, "site.test:4443", place);
    assertThat(egress.refused()).containsExactly(Destination.parse(place));
    assertThat(EgressFiles.rules(egress, Meter.STANDARD, 0))
        .doesNotContain("tcp dport " + Destination.parse(place).port() + " ");
    assertThatThrownBy(egress::checkWhole)
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("network-denied");
              assertThat(e.fault()).isEqualTo(Fault.PROVIDER);
              assertThat(e.hint()).contains("--allow-network");
            });
  }

  @Test
  void shouldSayThatANameMayBeUnknownForNowOnly() {
    assertThatThrownBy(resolve(EgressPolicy.PUBLIC, "unknown.test:80")::checkWhole)
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("network-unresolved");
              assertThat(e.isRetryable()).isTrue();
            });
  }

  @Test
  void shouldOpenExactlyTheAddressesThatWereChecked() {
    Egress egress =
        resolve(EgressPolicy.PUBLIC, "site.test:443", "rebound.test:80", "203.0.113.1:8080");
    egress.checkWhole();
    assertThat(EgressFiles.rules(egress, Meter.STANDARD, 0))
        .contains("ip daddr 203.0.113.9 tcp dport 443 accept")
        .contains("ip daddr 203.0.113.7 tcp dport 80 accept")
        .contains("ip daddr 203.0.113.1 tcp dport 8080 accept")
        .doesNotContain("192.168.1.1");
    assertThat(EgressFiles.hosts(egress))
        .isEqualTo(
            "127.0.0.1 localhost\n::1 localhost\n203.0.113.7 rebound.test\n203.0.113.9 site.test\n");
  }

  @Test
  void shouldOpenAPrivateRangeBeforeTheRulesThatCloseIt() {
    String rules =
        EgressFiles.rules(resolve(opened("192.168.1.0/24"), "192.168.1.1:25"), Meter.STANDARD, 0);
    int open = rules.indexOf("ip daddr 192.168.1.1 tcp dport 25 accept");
    assertThat(open).isPositive().isLessThan(rules.indexOf("192.168.0.0/16"));
  }

  @Test
  void shouldAdmitNoPoolWithANetworkUnlessTheProviderSaysSo() {
    EgressPolicy.NONE.admit(NetworkPolicy.NONE);
    EgressPolicy.PUBLIC.admit(pool("site.test:443"));
    assertThatThrownBy(() -> EgressPolicy.NONE.admit(pool("site.test:443")))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("network-not-allowed");
              assertThat(e.getMessage()).contains("site.test:443");
              assertThat(e.hint()).contains("--allow-network");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0/33", "10.0.0.1/8", "300.1.1.1", "10.0.0/8", "::1", "a.b.c.d"})
  void shouldRefuseWhatIsNoRange(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .asInstanceOf(type(SkepException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo("network-range-invalid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/8", "203.0.113.9", "255.255.255.254/31"})
  void shouldWriteARangeAsItWasRead(String text) {
    assertThat(AddressRange.parse(text)).hasToString(text);
  }

  @Test
  void shouldCountWhatASlotUsesAndBoundItsRate() {
    Egress egress = resolve(EgressPolicy.PUBLIC, "site.test:443");
    assertThat(EgressFiles.rules(egress, new Meter(1 << 20, 5000), 700))
        .contains("quota daily { over 5000 bytes used 700 bytes }")
        .contains("limit rate over 1048576 bytes/second burst 262144 bytes drop");
    assertThat(EgressFiles.rules(egress, Meter.STANDARD, 0))
        .contains("quota daily { over 5368709120 bytes used 0 bytes }")
        .doesNotContain("limit rate");
  }

  @Test
  void shouldForgetADayWhenItIsOver() {
    AtomicReference<LocalDate> date = new AtomicReference<>(LocalDate.of(2026, 1, 1));
    DayBook book = new DayBook(date::get);
    SlotId slot = Programs.aSlot();
    book.note(slot, 700);
    assertThat(book.turn()).isFalse();
    assertThat(book.used(slot)).isEqualTo(700);
    date.set(LocalDate.of(2026, 1, 2));
    assertThat(book.turn()).isTrue();
    assertThat(book.used(slot)).isZero();
    assertThat(book.turn()).isFalse();
  }
}
