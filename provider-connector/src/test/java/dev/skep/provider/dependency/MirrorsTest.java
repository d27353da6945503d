package dev.skep.provider.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.PinnedFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorsTest {
  private static final byte[] WHEEL = Archives.wheel("thing", "1.0", "answer = 42");
  private static final String PATH = "/packages/ab/cd/thing-1.0-py3-none-any.whl";

  @TempDir Path cache;

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private byte[] body = WHEEL;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private static Mirrors mirrors(Map<String, String> settings) {
    return Mirrors.of(name -> Optional.ofNullable(settings.get(name)));
  }

  private Path layer() {
    String here = "http://localhost:" + server.getAddress().getPort() + "/pypi/";
    PinnedFile pin = Archives.pin("thing-1.0-py3-none-any.whl", WHEEL, null);
    PinnedFile registered =
        new PinnedFile(
            pin.name(),
            pin.version(),
            pin.file(),
            pin.hash(),
            "https://files.pythonhosted.org" + PATH,
            null);
    FileSource queen =
        (file, offset) -> {
          throw new AssertionError("the queen has no " + file);
        };
    return new Layers(new CacheRoom(cache, Long.MAX_VALUE))
        .of(
            new DependencyLock(Language.PYTHON, List.of(registered)),
            Sources.of(queen, mirrors(Map.of("python-mirror", here))))
        .folder()
        .orElseThrow();
  }

  @Test
  void shouldAskTheMirrorInsteadOfTheRegistry() {
    assertThat(layer().resolve("thing/__init__.py")).hasContent("answer = 42");
    assertThat(asked).containsExactly("/pypi" + PATH);
  }

  @Test
  void shouldRefuseWhatTheMirrorChanged() {
    body = Archives.wheel("thing", "1.0", "answer = 43");
    assertThatThrownBy(this::layer)
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("dependency-mismatch"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a.test",
        "a.test",
        "https://me:secret@a.test/",
        "https://a.test/?x",
        "not a"
      })
  void shouldRefuseWhatIsNoMirror(String url) {
    assertThatThrownBy(() -> mirrors(Map.of("node-mirror", url)))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("mirror-invalid"));
  }
}
