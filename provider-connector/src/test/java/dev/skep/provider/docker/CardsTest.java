package dev.skep.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.RuntimeProblem;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardsTest {
  private static final String UUID = "GPU-8c1f2a30-0000-1111-2222-333344445555";

  private static Cards cards(String... words) {
    return new Cards(Card.parse(List.of(words)));
  }

  @Test
  void shouldReadIndexesUuidsAndHowManySlotsShareACard() {
    assertThat(Card.parse(List.of("0", "1:2", UUID)))
        .containsExactly(new Card("0", 1), new Card("1", 2), new Card(UUID, 1));
    assertThat(Card.first(2)).containsExactly(new Card("0", 1), new Card("1", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "0:0", "0:", "card", "0;1", "GPU-", "all"})
  void shouldRefuseWhatNamesNoCard(String word) {
    assertThatThrownBy(() -> cards(word)).hasMessageContaining("--gpus");
  }

  @Test
  void shouldRefuseACardThatIsNamedTwice() {
    assertThatThrownBy(() -> cards("0", "0:2")).hasMessageContaining("twice");
  }

  @Test
  void shouldLendEachCardToOneSlotAtATimeAndTakeItBackOnce() {
    Cards cards = cards("0", "1");
    CardLease one = cards.take(1);
    CardLease two = cards.take(1);
    assertThat(one.ids()).doesNotContainAnyElementsOf(two.ids());
    assertNotLent(cards, 1);
    one.close();
    one.close();
    assertThat(cards.take(1).ids()).isEqualTo(one.ids());
    assertNotLent(cards, 1);
  }

  @Test
  void shouldLetSlotsShareOnlyWhatTheOwnerLetsThemShare() {
    Cards cards = cards("0:2", "1");
    assertThat(cards.take(2).ids()).containsExactlyInAnyOrder("0", "1");
    assertThat(cards.take(1).ids()).containsExactly("0");
    assertNotLent(cards, 1);
  }

  @Test
  void shouldLendNothingThatItsOwnerDidNotAllow() {
    assertThat(new Cards(List.of()).take(0).ids()).isEmpty();
    assertNotLent(new Cards(List.of()), 1);
  }

  private static void assertNotLent(Cards cards, int count) {
    assertThatThrownBy(() -> cards.take(count))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo("gpu-not-lent");
              assertThat(e.fault()).isEqualTo(Fault.PROVIDER);
              assertThat(e.isRetryable()).isFalse();
              assertThat(e.hint()).contains("--gpus");
            });
  }

  @Test
  void shouldAskTheEngineForExactlyTheLentCards() {
    HostConfig config = HostConfig.newHostConfig();
    CardLease lease = cards("3", UUID).take(2);
    lease.grant(config);
    DeviceRequest request = Objects.requireNonNull(config.getDeviceRequests()).get(0);
    assertThat(request.getDriver()).isEmpty();
    assertThat(request.getDeviceIds()).containsExactly("3", UUID);
    assertThat(request.getCapabilities()).containsExactly(List.of("gpu"));
    assertThat(request.getCount()).isNull();
    assertThat(lease.environment()).contains("NVIDIA_DRIVER_CAPABILITIES=compute,utility");
  }

  @Test
  void shouldKeepCardsFromAJobThatDidNotAskForOne() {
    HostConfig config = HostConfig.newHostConfig();
    CardLease none = cards("0").take(0);
    none.grant(config);
    assertThat(config.getDeviceRequests()).isNull();
    assertThat(none.environment()).containsExactly("NVIDIA_VISIBLE_DEVICES=void");
  }

  @Test
  void shouldTellACardThatDoesNotWorkFromAnEngineThatIsAway() {
    CardLease lease = cards("0").take(1);
    SkepException broken =
        RuntimeProblem.RUNTIME_UNAVAILABLE.because("nvidia-container-cli: device error: 0");
    SkepException away = RuntimeProblem.RUNTIME_UNAVAILABLE.because("connection refused");
    assertThat(lease.explain(broken).code()).isEqualTo("gpu-unusable");
    assertThat(lease.explain(away)).isSameAs(away);
  }
}
