package dev.skep.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerNamesTest {

  @Test
  void shouldMakeInboxesThatDifferAndAreInboxes() {
    SecureRandom random = new SecureRandom();

    String one = BrokerNames.newInbox(random);

    assertThat(BrokerNames.isInbox(one)).isTrue();
    assertThat(BrokerNames.newInbox(random)).isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "inbox.",
        "inbox.*",
        "inbox.0123456789ABCDEF0123456789abcdef",
        "mq.sys.dmq",
        "skep.pull"
      })
  void shouldRefuseWhatIsNoInbox(String name) {
    assertThatThrownBy(() -> BrokerNames.requireInbox(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "skep.results.",
        "skep.results.*",
        "skep.results.a.b",
        "skep.results.A",
        "results"
      })
  void shouldRefuseWhatIsNoResultsQueue(String name) {
    assertThatThrownBy(() -> BrokerNames.requireResults(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKnowOurQueuesFromOthers() {
    assertThat(BrokerNames.isOurs("skep.pull")).isTrue();
    assertThat(BrokerNames.isOurs("skep.results.node1")).isTrue();
    assertThat(BrokerNames.isOurs("mq.sys.dmq")).isFalse();
  }
}
