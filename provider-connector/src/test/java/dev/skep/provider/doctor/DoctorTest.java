package dev.skep.provider.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.provider.home.OneConnector;
import dev.skep.provider.home.SkepHome;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.QueenUrl;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.Finding.Severity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {

  private static final WalletAddress WALLET = new WalletAddress("0x" + "ab".repeat(20));

  @TempDir Path folder;

  private SkepHome home() {
    return new SkepHome(folder);
  }

  @Test
  void shouldLookOnWhenOneCheckCannotAndSayTheSameOnlyOnce() {
    Check broken =
        () -> {
          throw SkepException.of("queen-unreachable", 503).because("no answer").hint("start her");
        };
    List<Finding> findings =
        new Doctor(List.of(broken, () -> List.of(Doctor.fine("x", "y")), broken)).examine();
    assertThat(findings)
        .containsExactly(
            new Finding(Severity.BLOCKING, "queen-unreachable", "no answer", "start her"),
            new Finding(Severity.INFO, "x", "y", Finding.NOTHING));
  }

  @ParameterizedTest
  @CsvSource({
    "rw-------, wallet-private, INFO",
    "rw-r-----, wallet-exposed, BLOCKING",
    "rw-----w-, wallet-exposed, BLOCKING"
  })
  void shouldSeeWhoMayReadTheWallet(String mode, String code, Severity severity)
      throws IOException {
    Files.writeString(home().wallet(), "{}");
    Files.setPosixFilePermissions(home().wallet(), PosixFilePermissions.fromString(mode));
    assertThat(new HomeCheck(home()).look())
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.severity()).isEqualTo(severity);
            });
  }

  @Test
  void shouldNotMindAWalletThatIsNotMadeYet() {
    assertThat(new HomeCheck(home()).look()).extracting(Finding::code).contains("wallet-absent");
  }

  @Test
  void shouldSeeAConnectorThatRuns() {
    ConnectorCheck check = new ConnectorCheck(home(), WALLET);
    assertThat(check.look()).extracting(Finding::code).containsExactly("connector-absent");
    try (OneConnector running = OneConnector.of(home(), WALLET)) {
      assertThat(check.look()).extracting(Finding::code).containsExactly("connector-running");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, clock-agrees", "29, clock-agrees", "-90, clock-skewed", "90, clock-skewed"})
  void shouldCompareItsClockWithTheQueens(long seconds, String code) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/queen",
        exchange -> {
          byte[] body = "{\"version\":\"1\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://localhost:" + server.getAddress().getPort();
    InstantSource clock = () -> Instant.now().plus(Duration.ofSeconds(seconds));
    try {
      assertThat(new QueenCheck(() -> QueenApi.of(QueenUrl.parse(url), null), clock).look())
          .extracting(Finding::code)
          .containsExactly("queen-answers", code);
    } finally {
      server.stop(0);
    }
  }
}
