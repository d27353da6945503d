package dev.skep.system.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.release.ReleaseKey;
import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.protocol.release.Software;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's first minute: the page's one line, on a machine that has only Java. */
class DownloadIT {
  private static final String POOL = "01a20380-5bf4-722c-a01d-453fefc9eeeb";
  private static final RunningQueen QUEEN = RunningQueen.shared();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  @TempDir Path home;

  @Test
  void shouldOfferASignedJarThatSpeaksThisQueensWire() throws Exception {
    JsonObject release = json("/api/connector/release");
    ReleaseManifest manifest = ReleaseManifest.parse(release.getString("manifest"));
    ReleaseKey key = new ReleaseKey(release.getString("publicKey"));
    byte[] jar =
        HTTP.send(to("/api/connector/download").build(), BodyHandlers.ofByteArray()).body();

    assertThat(key.signed(manifest.bytes(), release.getString("signature"))).isTrue();
    assertThat(manifest.wire()).isEqualTo(Software.WIRE);
    assertThat(jar).hasSize((int) manifest.size()).hasSizeLessThan(45_000_000);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar)))
        .isEqualTo(manifest.sha256());
    assertThat(json("/api/queen").getJsonObject("connector").getString("releaseKey"))
        .isEqualTo(key.fingerprint());
  }

  @Test
  void shouldGoOnWithADownloadWhereItStopped() throws Exception {
    long size = json("/api/connector/release").getJsonNumber("size").longValue();

    HttpResponse<byte[]> end = range("bytes=" + (size - 10) + "-");
    assertThat(end.statusCode()).isEqualTo(206);
    assertThat(end.body()).hasSize(10);
    assertThat(end.headers().firstValue("Content-Range"))
        .contains("bytes " + (size - 10) + "-" + (size - 1) + "/" + size);
    assertThat(range("bytes=" + size + "-").statusCode()).isEqualTo(416);
  }

  @Test
  void shouldInstallByOneLineAndAgainOverItself() throws IOException {
    install("").succeeded();

    assertThat(skep("--version")).contains("wire/" + Software.WIRE);
    assertThat(skep("pool", "list", "--json")).startsWith("[");
    assertThat(skep("update")).contains("up to date");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("skep"))))
        .isEqualTo("rwx------");
    assertThat(skep("completion", "bash")).contains("complete -F", "evaluate");
    assertThat(skep("service", "install", POOL, "-n", "2", "--print"))
        .contains("bin/skep\" \"pool\" \"join\" \"" + POOL + "\" \"-n\" \"2\"");
    assertThat(install("").succeeded()).isEmpty();
  }

  @Test
  void shouldGoOnWithWhatAnInterruptedInstallLeft() throws IOException {
    install("").succeeded();
    Path lib = home.resolve("skep/lib");
    Path jar = lib.resolve(Files.readSymbolicLink(lib.resolve("skep.jar")));
    byte[] half = java.util.Arrays.copyOf(Files.readAllBytes(jar), 1_000_000);
    Files.delete(jar);
    Files.write(lib.resolve("skep-" + sha256() + ".part"), half);

    assertThat(install("").err()).contains("checksum ok");
    assertThat(Files.size(jar)).isGreaterThan(half.length);
  }

  @Test
  void shouldInstallNothingWhenTheJarIsNotTheOneThatWasSigned() throws IOException {
    ShellCommand.Result result = install("s/^sha256=.*/sha256='" + "0".repeat(64) + "'/");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("the checksum does not hold");
    assertThat(home.resolve("skep/bin/skep")).doesNotExist();
  }

  @Test
  void shouldInstallNothingUnderAKeyThatIsNotTheFirstOne() throws IOException {
    install("").succeeded();
    Path pins = home.resolve("skep/release-keys");
    Files.writeString(pins, Files.readString(pins).replaceAll(" .*", " AAAA"));

    ShellCommand.Result result = install("");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("not the one of the first install", "next:");
  }

  private String sha256() {
    return json("/api/connector/release").getString("sha256");
  }

  /** The script of the page, with an edit by sed that stands for what may go wrong on its way. */
  private ShellCommand.Result install(String edit) throws IOException {
    Path script = home.resolve("install.sh");
    try (java.io.InputStream text =
        QUEEN.http().resolve("/connector/install.sh").toURL().openStream()) {
      Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
    }
    String line = "sed \"$1\" \"$2\" | sh";
    return ShellCommand.run(
        environment(),
        Duration.ofMinutes(2),
        List.of("sh", "-c", line, "-", edit, script.toString()));
  }

  private String skep(String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(List.of(home.resolve("skep/bin/skep").toString()));
    command.addAll(List.of(arguments));
    return ShellCommand.run(environment(), Duration.ofMinutes(1), command).succeeded();
  }

  private Map<String, String> environment() {
    return Map.of("SKEP_HOME", home.resolve("skep").toString(), "SKEP_QUEEN", "", "MNEMONIC", "");
  }

  private HttpResponse<byte[]> range(String range) throws Exception {
    HttpRequest request = to("/api/connector/download").header("Range", range).build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(QUEEN.http().resolve(path)).timeout(Duration.ofMinutes(1));
  }

  private static JsonObject json(String path) {
    try {
      String body = HTTP.send(to(path).build(), BodyHandlers.ofString()).body();
      return Json.createReader(new StringReader(body)).readObject();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
