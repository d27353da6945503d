package dev.skep.provider.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.QueenUrl;
import dev.skep.provider.runtime.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkTest {
  private static final Duration EACH = Duration.ofMillis(60);

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  private Speeds measure(String queen) {
    return new Benchmark(folder, EACH, told::add).measure(QueenApi.of(QueenUrl.parse(queen), null));
  }

  @Test
  void shouldMeasureEveryPartAndLeaveNothingBehind() throws IOException {
    HttpServer queen =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    queen.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 100_000);
          exchange.getResponseBody().write(new byte[100_000]);
          exchange.close();
        });
    queen.start();
    try {
      Speeds speeds = measure("http://localhost:" + queen.getAddress().getPort());
      assertThat(speeds.gigaflops()).isBetween(0.01, 100_000.0);
      assertThat(speeds.memory()).isGreaterThan(1 << 20);
      assertThat(speeds.diskWrite()).isPositive();
      assertThat(speeds.diskRead()).isPositive();
      assertThat(speeds.network().orElseThrow().down()).isGreaterThan(1000);
      assertThat(speeds.network().orElseThrow().millis()).isPositive();
    } finally {
      queen.stop(0);
    }
    assertThat(told).hasSize(4);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldMeasureTheRestWithoutAQueen() {
    Speeds speeds = measure("http://localhost:1");
    assertThat(speeds.network()).isEmpty();
    assertThat(speeds.gigaflops()).isPositive();
    assertThat(told).last().asString().contains("not measured");
  }

  @Test
  void shouldSayWhatIsWrongAndHowToMendIt() {
    Hardware poor =
        new Hardware(
            "Linux",
            new Hardware.Processor("x", 2, 4, 3),
            new Hardware.Memory(1L << 30, 300L << 20),
            List.of(),
            List.of(new Hardware.Disk("/", "ext4", 20L << 30, 1L << 30)));
    Speeds slow = new Speeds(1, 1e9, 5e6, 1e9, Optional.of(new Speeds.Network(400, 5e5)));
    List<Finding> findings = Fitness.of(poor, slow);
    assertThat(findings)
        .extracting(Finding::code)
        .containsExactly("memory-low", "disk-low", "disk-slow", "network-slow", "queen-far");
    assertThat(findings).allSatisfy(finding -> assertThat(finding.fix()).isNotBlank());
    assertThat(findings.get(0).message()).contains("300.0 MiB");
  }

  @Test
  void shouldFindNothingWrongWithAGoodMachine() {
    Hardware good =
        new Hardware(
            "Linux",
            new Hardware.Processor("x", 2, 4, 3),
            new Hardware.Memory(8L << 30, 4L << 30),
            List.of(),
            List.of(new Hardware.Disk("/", "ext4", 20L << 30, 9L << 30)));
    Speeds fast = new Speeds(9, 1e9, 5e8, 1e9, Optional.of(new Speeds.Network(4, 5e7)));
    assertThat(Fitness.of(good, fast)).isEmpty();
  }
}
