package dev.skep.provider.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineUseTest {
  private static final String ID = "ab".repeat(32);

  @TempDir Path root;

  private Path write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  @Test
  void shouldReadAContainersTimeOfBothKindsOfControlGroups() throws IOException {
    write("system.slice/docker-" + ID + ".scope/cpu.stat", "usage_usec 1500\nuser_usec 7\n");
    assertThat(new ContainerTimes(root).of(List.of(ID, "cd"))).isEqualTo(Map.of(ID, 1_500_000L));
    write("memory/docker/" + ID + "/memory.usage", "7");
    write("cpuacct/docker/" + ID + "/cpuacct.usage", "1234\n");
    assertThat(new ContainerTimes(root).of(List.of(ID))).isEqualTo(Map.of(ID, 1234L));
  }

  @Test
  void shouldFollowAContainersTime() throws IOException {
    ContainerTimes times = new ContainerTimes(root);
    assertThat(times.of(List.of(ID))).isEmpty();
    write("docker/" + ID + "/cpu.stat", "usage_usec 1\n");
    assertThat(times.of(List.of())).isEmpty();
    assertThat(times.of(List.of(ID))).isEqualTo(Map.of(ID, 1000L));
    write("docker/" + ID + "/cpu.stat", "usage_usec 3\n");
    assertThat(times.of(List.of(ID))).isEqualTo(Map.of(ID, 3000L));
  }

  @Test
  void shouldCountOnlyWhatGrew() {
    assertThat(OshiUse.grown(Map.of("a", 5L, "gone", 9L), Map.of("a", 7L, "new", 1L))).isEqualTo(3);
  }

  @Test
  void shouldTellHowLongAgoSomebodyTyped() throws IOException {
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    assertThat(Terminals.sinceInput(root.resolve("none"), now)).isEmpty();
    read(write("3", ""), now.minusSeconds(90));
    read(write("4", ""), now.minusSeconds(600));
    read(write("ptmx", ""), now);
    assertThat(Terminals.sinceInput(root, now)).contains(Duration.ofSeconds(90));
  }

  private static void read(Path terminal, Instant at) throws IOException {
    Files.getFileAttributeView(terminal, BasicFileAttributeView.class)
        .setTimes(null, FileTime.from(at), null);
  }

  @Test
  void shouldNotCountThisProcessAsOthers() {
    OshiUse use = new OshiUse(List::of);
    long end = System.nanoTime() + 300_000_000L;
    long spun = 0;
    while (System.nanoTime() < end) {
      spun++;
    }
    assertThat(spun).isPositive();
    assertThat(use.othersLoad()).isBetween(0.0, 1.0);
  }
}
