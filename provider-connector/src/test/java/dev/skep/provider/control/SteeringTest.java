package dev.skep.provider.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.provider.home.SkepHome;
import dev.skep.provider.limit.WorkHours;
import dev.skep.provider.slot.SeatState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteeringTest {

  @TempDir Path folder;
  private final List<String> done = new ArrayList<>();
  private ControlFiles files;
  private LocalTime now = LocalTime.NOON;
  private boolean busy;

  @BeforeEach
  void open() {
    files = new ControlFiles(new SkepHome(folder), new WalletAddress("0x" + "ab".repeat(20)));
  }

  private Steering steering(String... hours) {
    Steered connector =
        new Steered() {
          @Override
          public void pause(boolean paused) {
            done.add(paused ? "pause" : "run");
          }

          @Override
          public void drain() {
            done.add("drain");
          }

          @Override
          public List<SeatState> seats() {
            return List.of(new SeatState(SlotState.WARM, "c1", null, done.size(), true));
          }
        };
    WorkHours work = new WorkHours(List.of(hours).stream().map(WorkHours.Span::parse).toList());
    return new Steering(files, connector, new Steering.Plan(work, () -> now, () -> busy, "p1"));
  }

  private String told() {
    return files.state().orElseThrow().getString("state");
  }

  @Test
  void shouldFollowEachWishOnce() {
    Steering steering = steering();
    steering.look();
    assertThat(told()).isEqualTo("running");
    files.wish(Wish.PAUSE);
    steering.look();
    steering.look();
    assertThat(told()).isEqualTo("paused");
    files.wish(Wish.RUN);
    steering.look();
    files.wish(Wish.DRAIN);
    steering.look();
    steering.look();
    assertThat(told()).isEqualTo("draining");
    assertThat(done).containsExactly("run", "pause", "run", "drain");
  }

  @Test
  void shouldTakeNothingOutsideItsHours() {
    Steering steering = steering("09:00-17:00");
    steering.look();
    now = LocalTime.MIDNIGHT;
    steering.look();
    assertThat(told()).isEqualTo("outside-hours");
    now = LocalTime.of(9, 0);
    steering.look();
    assertThat(done).containsExactly("run", "pause", "run");
  }

  @Test
  void shouldPauseAsAskedWhileTheMachineIsBusy() {
    Steering steering = steering();
    steering.look();
    busy = true;
    steering.look();
    steering.look();
    assertThat(told()).isEqualTo("machine-busy");
    files.wish(Wish.PAUSE);
    steering.look();
    assertThat(told()).isEqualTo("paused");
    files.wish(Wish.RUN);
    busy = false;
    steering.look();
    assertThat(told()).isEqualTo("running");
    assertThat(done).containsExactly("run", "pause", "run");
  }

  @Test
  void shouldForgetAWishToDrainThatWasForTheConnectorBefore() {
    files.wish(Wish.DRAIN);
    try (Steering steering = steering().start()) {
      assertThat(done).containsExactly("run");
      assertThat(files.wish()).isEqualTo(Wish.RUN);
    }
  }

  @Test
  void shouldTakeNothingMoreBetweenAPauseAndALeave() {
    Steering steering = steering();
    files.wish(Wish.PAUSE);
    steering.look();
    files.wish(Wish.DRAIN);
    steering.look();
    assertThat(done).containsExactly("pause", "drain");
  }

  @Test
  void shouldStayPausedAcrossARestart() {
    files.wish(Wish.PAUSE);
    try (Steering steering = steering().start()) {
      assertThat(done).containsExactly("pause");
    }
  }

  @Test
  void shouldTellItsSlotsToItsOwnerOnly() throws IOException {
    steering().look();
    assertThat(files.state().orElseThrow().toString())
        .contains("\"container\":\"c1\"")
        .contains("\"pool\":\"p1\"")
        .contains("\"state\":\"WARM\"")
        .contains("\"frozen\":true");
    try (var all = Files.list(folder)) {
      for (Path file : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void shouldTakeGarbageForNoWish() throws IOException {
    files.wish(Wish.PAUSE);
    try (var all = Files.list(folder)) {
      Files.writeString(all.findFirst().orElseThrow(), "STOP EVERYTHING");
    }
    assertThat(files.wish()).isEqualTo(Wish.RUN);
  }
}
