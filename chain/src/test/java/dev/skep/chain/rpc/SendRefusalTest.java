package dev.skep.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.chain.ledger.SendOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of geth, op-geth and anvil. */
class SendRefusalTest {
  @ParameterizedTest
  @CsvSource({
    "already known, KNOWN",
    "transaction already imported, KNOWN",
    "'nonce too low: next nonce 5, tx nonce 3', NONCE_SPENT",
    "replacement transaction underpriced, UNDERPRICED",
    "'transaction underpriced: gas tip cap 1, minimum needed 1000', UNDERPRICED",
    "max fee per gas less than block base fee, UNDERPRICED"
  })
  void shouldMeanGoAndLook(String message, SendOutcome outcome) {
    assertThat(SendRefusal.outcome(message)).contains(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"insufficient funds for gas * price + value", "invalid sender", ""})
  void shouldMeanThatTheTransactionIsWrong(String message) {
    assertThat(SendRefusal.outcome(message)).isEmpty();
  }
}
