package dev.skep.chain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class FeesTest {
  @Test
  void shouldRaiseBothByMoreThanTheTenPercentThatNodesAskFor() {
    for (long wei : new long[] {0, 1, 7, 100, 1_000_000_007L}) {
      Fees raised = new Fees(BigInteger.valueOf(wei), BigInteger.valueOf(wei)).raised();
      assertThat(raised.tip().multiply(BigInteger.TEN)).isGreaterThan(BigInteger.valueOf(wei * 11));
      assertThat(raised.max()).isEqualTo(raised.tip());
    }
  }

  @Test
  void shouldStayBelowTheOperatorsCap() {
    Fees fees = new Fees(BigInteger.valueOf(100), BigInteger.TEN);
    assertThat(fees.cappedAt(BigInteger.valueOf(50)))
        .isEqualTo(new Fees(BigInteger.valueOf(50), BigInteger.TEN));
    assertThat(fees.cappedAt(BigInteger.TWO)).isEqualTo(new Fees(BigInteger.TWO, BigInteger.TWO));
  }

  @Test
  void shouldRefuseATipAboveTheFee() {
    assertThatThrownBy(() -> new Fees(BigInteger.ONE, BigInteger.TEN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
