package dev.skep.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {

  @Test
  void shouldFindNoSessionOfAConnectionThatWentWhileTheBrokerListedIt() {
    assertThat(EmbeddedBroker.sessionOf(null)).isEmpty();
  }
}
