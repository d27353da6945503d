package dev.skep.chain.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.chain.ledger.SendOutcome;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.KeyRole;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.SkepException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class FakeLedgerChainTest implements LedgerChainContract {
  private final FakeLab lab = FakeLab.open();

  @Override
  public ChainLab lab() {
    return lab;
  }

  @Test
  void shouldAnswerNothingWhileItIsCutOff() {
    lab.chain().cut(true);
    assertThatThrownBy(lab.chain()::heads)
        .isInstanceOfSatisfying(SkepException.class, e -> assertThat(e.isRetryable()).isTrue());
    lab.chain().cut(false);
    assertThat(lab.chain().heads().latest().number()).isPositive();
  }

  @Test
  void shouldLoseWhatItAcceptedWhenForgetful() {
    Wallet relay = lab.key(KeyRole.RELAY);
    SignedTransaction signed =
        lab.sender().sign(relay, Call.transfer(relay.address(), BigInteger.ZERO));
    lab.chain().forgetful(true);
    assertThat(lab.chain().send(signed)).isEqualTo(SendOutcome.ACCEPTED);
    lab.chain().forgetful(false);
    assertThat(lab.chain().mined(signed.hash())).isEmpty();
    assertThat(lab.chain().minedNonce(relay.address())).isZero();
  }

  @Test
  void shouldRefuseEventsOfBlocksThatAreNotThereYet() {
    long head = lab.chain().heads().latest().number();
    assertThatThrownBy(() -> lab.chain().events(0, head + 1))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("chain-refused"));
  }
}
