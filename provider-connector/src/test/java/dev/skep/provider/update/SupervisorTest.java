package dev.skep.provider.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  /** Notes which jar it was started with, connects unless that one may not, and stays. */
  private static final String LAUNCHER =
      """
      #!/bin/sh
      jar=$(readlink "$(dirname "$0")/../lib/skep.jar")
      echo "$jar $*" >>"$(dirname "$0")/../starts"
      [ "$jar" = "$(cat "$(dirname "$0")/../mute" 2>/dev/null)" ] || echo connected >"$SKEP_READY_FILE"
      trap 'while [ -f "$(dirname "$0")/../busy" ]; do sleep 0.1; done; exit 0' TERM
      while [ ! -f "$(dirname "$0")/../end" ]; do sleep 0.1; done
      exit 7
      """;

  private final List<String> told = new CopyOnWriteArrayList<>();
  @TempDir Path home;
  private FakeRelease queen;
  private Supervisor supervisor;
  private CompletableFuture<Integer> run;

  @BeforeEach
  void start() throws IOException {
    queen = new FakeRelease();
    Installation installation = new Installation(home);
    Files.createDirectories(installation.lib());
    Files.createDirectories(home.resolve("bin"));
    Path first = Files.writeString(installation.jar("0123456789ab"), "the first version");
    Files.createSymbolicLink(installation.lib().resolve("skep.jar"), first.getFileName());
    Files.writeString(installation.launcher(), LAUNCHER);
    Files.setPosixFilePermissions(
        installation.launcher(), PosixFilePermissions.fromString("rwx------"));
    supervisor =
        new Supervisor(
            installation,
            new Updater(installation, queen.queen(), percent -> {}),
            new Supervisor.Rhythm(Duration.ofMillis(200), Duration.ofSeconds(3)),
            told::add);
  }

  private void supervise() {
    run =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return supervisor.run(List.of("pool", "join", "P"));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
  }

  @AfterEach
  void stop() {
    supervisor.stop();
    queen.close();
  }

  @Test
  void shouldChangeOverToANewVersionThatConnects() throws Exception {
    String jar = "skep-" + queen.offer("0.2.0").build() + ".jar";
    supervise();

    await().atMost(Duration.ofSeconds(60)).until(() -> starts().size() == 2);
    assertThat(starts()).containsExactly("skep-0123456789ab.jar pool join P", jar + " pool join P");
    await().atMost(Duration.ofSeconds(20)).until(() -> told("is connected"));
    supervisor.stop();
    assertThat(run.get(60, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void shouldGoBackWhenTheNewVersionDoesNotConnectAndNotTryItAgain() throws Exception {
    String jar = "skep-" + queen.offer("0.2.0").build() + ".jar";
    Files.writeString(home.resolve("mute"), jar);
    supervise();

    await().atMost(Duration.ofSeconds(60)).until(() -> starts().size() == 3);
    assertThat(starts().get(1)).startsWith(jar);
    assertThat(starts().get(2)).startsWith("skep-0123456789ab.jar");
    assertThat(told("going back")).isTrue();
    await().during(Duration.ofSeconds(1)).until(() -> starts().size() == 3);
  }

  @Test
  void shouldStartNothingAnyMoreWhenItIsStoppedAmidAnUpdate() throws Exception {
    Path busy = Files.writeString(home.resolve("busy"), "");
    queen.offer("0.2.0");
    supervise();
    await().atMost(Duration.ofSeconds(60)).until(() -> told("finishing what runs"));

    Thread stop = new Thread(supervisor::stop);
    stop.start();
    await().until(() -> stop.getState() == Thread.State.TIMED_WAITING); // for the child to end
    Files.delete(busy);

    stop.join(60_000);
    assertThat(run.get(60, TimeUnit.SECONDS)).isZero();
    assertThat(starts()).hasSize(1);
  }

  @Test
  void shouldEndAsItsConnectorDoes() throws Exception {
    supervise();
    await().atMost(Duration.ofSeconds(20)).until(() -> starts().size() == 1);
    Files.writeString(home.resolve("end"), "");

    assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(7);
  }

  private boolean told(String words) {
    return told.stream().anyMatch(line -> line.contains(words));
  }

  private List<String> starts() throws IOException {
    Path file = home.resolve("starts");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
