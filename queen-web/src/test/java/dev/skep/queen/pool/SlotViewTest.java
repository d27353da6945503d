package dev.skep.queen.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.Caller;
import dev.skep.queen.rest.Role;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlotViewTest {
  private static final WalletAddress OWNER = wallet("aa");
  private static final WalletAddress PROVIDER = wallet("bb");
  private static final WalletAddress STRANGER = wallet("cc");

  private final SlotView failed =
      new SlotView(
          new SlotId(Uuid7.system().next()),
          1,
          PROVIDER,
          SlotState.FAILED,
          null,
          0,
          SkepException.of("init-failed", 422)
              .because("init raised KeyError\nTraceback: token=s3cret")
              .hint("Fix the function given to define_init.")
              .problem()
              .toJson()
              .toString(),
          null);

  private static WalletAddress wallet(String digits) {
    return new WalletAddress("0x" + digits.repeat(20));
  }

  private static Optional<Caller> caller(WalletAddress address, Role... roles) {
    return Optional.of(new Caller(address, Set.of(roles), UUID.randomUUID()));
  }

  private String toldTo(Optional<Caller> caller) {
    return failed.problemFor(caller, OWNER).orElseThrow().toString();
  }

  @Test
  void shouldTellTheTracebackToWhomItConcerns() {
    assertThat(toldTo(caller(OWNER, Role.CLIENT))).contains("Traceback: token=s3cret");
    assertThat(toldTo(caller(PROVIDER, Role.CLIENT))).contains("Traceback: token=s3cret");
    assertThat(toldTo(caller(STRANGER, Role.OPERATOR))).contains("Traceback: token=s3cret");
  }

  @Test
  void shouldTellEverybodyElseOnlyWhatKindOfFailureItIs() {
    for (Optional<Caller> other : Set.of(Optional.<Caller>empty(), caller(STRANGER, Role.CLIENT))) {
      assertThat(toldTo(other))
          .contains("init-failed")
          .contains("define_init")
          .doesNotContain("s3cret")
          .doesNotContain("KeyError");
    }
  }
}
