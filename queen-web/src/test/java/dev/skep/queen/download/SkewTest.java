package dev.skep.queen.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.ReleaseKey;
import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.protocol.release.Version;
import dev.skep.queen.settings.QueenSettings;
import dev.skep.queen.settings.QueenSettings.ChainSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkewTest {
  private static final String BUILD = "0123456789ab";
  private final Skew skew = new Skew();

  @BeforeEach
  void set() {
    skew.config = minimum(Optional.of("0.1.0"));
    skew.settings =
        new QueenSettings(
            "queen",
            "node1",
            URI.create("https://queen.example"),
            new ChainSettings(1, "", 5),
            "",
            Set.of());
    skew.releases =
        new Releases() {
          @Override
          synchronized Optional<Release> find() {
            ReleaseManifest offer =
                new ReleaseManifest(Version.parse("0.3.0"), 1, BUILD + "0".repeat(52), 5);
            return Optional.of(new Release(offer, "", new ReleaseKey(""), Path.of("skep.jar")));
          }
        };
  }

  @ParameterizedTest
  @CsvSource({
    "skep-java/0.3.0 wire/1 build/0123456789ab, CURRENT",
    "skep-java/0.3.0 wire/1 build/ffffffffffff, UPDATE_ADVISED",
    "skep-java/0.2.0 wire/1 build/ffffffffffff, UPDATE_ADVISED",
    "skep-java/0.1.0 wire/1, UPDATE_ADVISED",
    "skep-java/0.4.0 wire/1 build/ffffffffffff, CURRENT",
    "skep-java/0.0.9 wire/1 build/ffffffffffff, UPDATE_REQUIRED",
    "skep-java/0.1.0, UNKNOWN",
    "another program, UNKNOWN"
  })
  void shouldJudgeAConnectorByItsOwnWords(String software, Standing standing) {
    assertThat(skew.standing(software)).isEqualTo(standing);
  }

  @Test
  void shouldKeepOutOnlyWhoSpeaksAnotherWire() {
    refused(() -> skew.admit("skep-java/0.3.0 wire/2"), "connector-incompatible");
    assertThatCode(() -> skew.admit("skep-java/0.0.9 wire/1")).doesNotThrowAnyException();
    assertThatCode(() -> skew.admit("another program")).doesNotThrowAnyException();
  }

  @Test
  void shouldGiveNoJobsToWhoIsTooOld() {
    refused(() -> skew.requireJobs("skep-java/0.0.9 wire/1"), "connector-outdated");
    assertThatCode(() -> skew.requireJobs("skep-java/0.1.0 wire/1")).doesNotThrowAnyException();

    skew.config = minimum(Optional.empty());
    assertThatCode(() -> skew.requireJobs("skep-java/0.0.9 wire/1")).doesNotThrowAnyException();
  }

  private static void refused(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.status()).isEqualTo(426);
              assertThat(e.hint()).contains("skep update", "https://queen.example/connector");
            });
  }

  private static Config minimum(Optional<String> value) {
    return (Config)
        java.lang.reflect.Proxy.newProxyInstance(
            SkewTest.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) -> value);
  }
}
