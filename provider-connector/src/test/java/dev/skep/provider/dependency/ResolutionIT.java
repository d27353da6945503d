package dev.skep.provider.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.PinnedFile;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.provider.pool.PoolConfig;
import dev.skep.provider.runtime.JobSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pip and npm of this machine, asked for nothing that is not in the test's own folder. */
class ResolutionIT {
  @TempDir Path folder;

  private byte[] wheel = new byte[0];

  @BeforeEach
  void makeWheels() throws IOException {
    Path wheels = Files.createDirectory(folder.resolve("wheels"));
    wheel = Archives.wheel("skep_greeting", "1.2", "import skep_words");
    Files.write(wheels.resolve("skep_greeting-1.2-py3-none-any.whl"), wheel);
    Files.write(
        wheels.resolve("skep_words-3.0-py3-none-any.whl"),
        Archives.wheel("skep_words", "3.0", "HELLO = 'hello'"));
  }

  private Optional<Resolved> resolve(String requirements) throws IOException {
    return resolve(requirements, "wheels");
  }

  private Optional<Resolved> resolve(String requirements, String wheels) throws IOException {
    Files.writeString(folder.resolve("requirements.txt"), requirements);
    try (Scratch scratch = Scratch.make()) {
      return Resolution.of(
          new PoolConfig.Dependencies(Language.PYTHON, "requirements.txt", wheels, "pool.yml:4:15"),
          folder,
          ProgramRuntime.PYTHON,
          scratch);
    }
  }

  @Test
  void shouldPinEveryWheelOfAFolder() throws IOException {
    Resolved resolved = resolve("skep-greeting\nskep-words>=2\n").orElseThrow();

    assertThat(resolved.lock().files())
        .extracting(PinnedFile::file)
        .containsExactly("skep_greeting-1.2-py3-none-any.whl", "skep_words-3.0-py3-none-any.whl");
    assertThat(resolved.lock().files().get(0).hash()).isEqualTo("sha256:" + JobSpec.sha256(wheel));
    assertThat(resolved.uploads()).hasSize(2).containsKey(JobSpec.sha256(wheel));
  }

  @Test
  void shouldTakeFilesOfAPrivateIndexAlongAndNotItsAddress() throws IOException {
    HttpServer index = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    index.createContext("/simple/skep-greeting/", exchange -> answer(exchange, page()));
    index.createContext("/files/", exchange -> answer(exchange, wheel));
    index.start();
    try {
      String place = "http://user:word@127.0.0.1:" + index.getAddress().getPort() + "/simple/";
      String list = "--index-url " + place + "\nskep-greeting==1.2 --hash=sha256:";
      Resolved resolved = resolve(list + JobSpec.sha256(wheel) + "\n", "").orElseThrow();

      assertThat(resolved.lock().files()).extracting(PinnedFile::url).containsOnlyNulls();
      assertThat(resolved.uploads()).containsOnlyKeys(JobSpec.sha256(wheel));
      assertThat(resolved.lock().json().toString()).doesNotContain("127.0.0.1", "word@");
    } finally {
      index.stop(0);
    }
  }

  private static byte[] page() {
    String file = "skep_greeting-1.2-py3-none-any.whl";
    return ("<a href='/files/" + file + "'>" + file + "</a>").getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void shouldUseHashesThatAreThereAlready() throws IOException {
    String pinned = "skep-greeting==1.2 --hash=sha256:";
    assertThat(resolve(pinned + JobSpec.sha256(wheel)).orElseThrow().lock().files()).hasSize(1);
    assertRefused(pinned + "0".repeat(64), "dependency-unresolved", "requirements.txt:1: ");
  }

  @Test
  void shouldAskNothingWhenNothingIsNeeded() throws IOException {
    assertThat(resolve("# nothing yet\n\n")).isEmpty();
  }

  @Test
  void shouldQuotePipAndNameTheLine() {
    assertRefused(
        "skep-words\n# more\nskep-nowhere==9.9\n",
        "dependency-unresolved",
        "requirements.txt:3: skep-nowhere==9.9 does not resolve. pip says: ERROR: Could not find a"
            + " version that satisfies the requirement skep-nowhere==9.9");
    assertRefused(
        "skep-words==99\n", "dependency-unresolved", "requirements.txt:1: skep-words==99");
    assertRefused("skep words ==\n", "dependency-unresolved", "Invalid requirement");
  }

  @Test
  void shouldRefuseWhatWouldRunCodeWhenInstalled() {
    assertRefused("skep-words\n-e .\n", "dependency-not-a-wheel", "requirements.txt:2: -e .");
    assertRefused("x @ git+https://example.org/x\n", "dependency-not-a-wheel", "runs its code");
    assertRefused("./x-1.0.tar.gz\n", "dependency-not-a-wheel", "requirements.txt:1");
    assertRefused(
        "--no-binary :all:\nskep-words\n", "dependency-not-a-wheel", "requirements.txt:1");
  }

  @Test
  void shouldPinAPackedPackage() throws IOException {
    byte[] packed =
        Archives.tarball(
            "package/package.json", '0', "{\"name\":\"skep-greeting\",\"version\":\"1.2.0\"}");
    Files.write(folder.resolve("greeting.tgz"), packed);
    Resolved resolved =
        node("{\"dependencies\": {\"skep-greeting\": \"file:./greeting.tgz\"}}").orElseThrow();

    PinnedFile file = resolved.lock().files().get(0);
    assertThat(file.path()).isEqualTo("node_modules/skep-greeting");
    assertThat(file.version()).isEqualTo("1.2.0");
    assertThat(file.hash()).isEqualTo("sha256:" + JobSpec.sha256(packed));
  }

  @Test
  void shouldAskNpmNothingWhenNothingIsNeeded() throws IOException {
    assertThat(node("{\"name\": \"x\", \"devDependencies\": {\"skep-nowhere\": \"1\"}}")).isEmpty();
  }

  @Test
  void shouldQuoteNpmAndNameTheLine() {
    assertThatThrownBy(() -> node("{\"dependencies\": {\n  \"skep-local\": \"file:./no.tgz\"\n}}"))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e).hasMessageContaining("not a packed package"));
    assertThatThrownBy(() -> node("{\"dependencies\": {\n  \"skep-bad\": \"not a version!\"\n}}"))
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> {
              assertThat(e.code()).isEqualTo("dependency-unresolved");
              assertThat(e).hasMessageContaining("package.json:2: \"skep-bad\"");
              assertThat(e).hasMessageContaining("npm says: ");
            });
  }

  private Optional<Resolved> node(String json) throws IOException {
    Files.writeString(folder.resolve("package.json"), json);
    try (Scratch scratch = Scratch.make()) {
      return Resolution.of(
          new PoolConfig.Dependencies(Language.NODE, "package.json", "", "pool.yml:4:15"),
          folder,
          ProgramRuntime.of(Language.NODE),
          scratch);
    }
  }

  private void assertRefused(String requirements, String code, String why) {
    assertThatThrownBy(() -> resolve(requirements))
        .isInstanceOfSatisfying(
            SkepException.class,
            e -> {
              assertThat(e.code()).as("%s", e).isEqualTo(code);
              assertThat(e.fault()).isEqualTo(Fault.CALLER);
              assertThat(e).hasMessageContaining(why);
              assertThat(e.hint()).isNotBlank();
            });
  }
}
