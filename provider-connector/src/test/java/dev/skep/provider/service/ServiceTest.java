package dev.skep.provider.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ServiceTest {
  private static final ServiceUnit UNIT =
      new ServiceUnit(
          "skep-01a20380-5bf4",
          List.of("/bin/sh", "pool", "join", "a b%c$d\"e\\f", "<&>"),
          Map.of("SKEP_HOME", "/home/a b/.skep", "SKEP_QUEEN", "https://queen.example"));

  @TempDir Path home;

  @Test
  void shouldWriteAUnitThatSystemdTakes() throws Exception {
    Path file = Files.writeString(home.resolve("skep-test.service"), UNIT.systemd());

    assertThat(UNIT.systemd())
        .contains("ExecStart=\"/bin/sh\" \"pool\" \"join\" \"a b%%c$$d\\\"e\\\\f\" \"<&>\"\n")
        .contains("Environment=\"SKEP_HOME=/home/a b/.skep\"\n", "NoNewPrivileges=yes\n")
        .contains("KillMode=mixed\n", "[Install]\nWantedBy=default.target\n");
    if (Files.exists(Path.of("/usr/bin/systemd-analyze"))) {
      assertThat(verdict(file)).doesNotContain("skep-test.service:");
    }
  }

  /** Complaints name the file and the line; others are about this machine. */
  private String verdict(Path file) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("systemd-analyze", "--user", "verify", file.toString());
    builder.environment().put("XDG_RUNTIME_DIR", home.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  @Test
  void shouldWriteAnAgentThatIsXml() throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setEntityResolver(
        (publicId, systemId) -> new InputSource(new java.io.StringReader("")));
    byte[] text = UNIT.launchd("/log & more").getBytes(StandardCharsets.UTF_8);
    Document plist = builder.parse(new ByteArrayInputStream(text));

    assertThat(plist.getElementsByTagName("string").item(0).getTextContent())
        .isEqualTo("dev.skep-01a20380-5bf4");
    assertThat(plist.getElementsByTagName("string").item(5).getTextContent()).isEqualTo("<&>");
  }

  @Test
  void shouldPutFilesWhereEachSystemLooks() {
    Map<String, String> config = Map.of("XDG_CONFIG_HOME", "/elsewhere");

    assertThat(new UserServices("Linux", Path.of("/home/a"), Map.of()).file("skep-1"))
        .isEqualTo(Path.of("/home/a/.config/systemd/user/skep-1.service"));
    assertThat(new UserServices("Linux", Path.of("/home/a"), config).file("skep-1"))
        .isEqualTo(Path.of("/elsewhere/systemd/user/skep-1.service"));
    assertThat(new UserServices("Mac OS X", Path.of("/Users/a"), Map.of()).file("skep-1"))
        .isEqualTo(Path.of("/Users/a/Library/LaunchAgents/dev.skep-1.plist"));
  }

  @Test
  void shouldSayWhenThereIsNoSuchService() {
    UserServices services = new UserServices("Linux", home, Map.of());

    assertThatThrownBy(() -> services.uninstall("skep-1"))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("service-not-found"));
  }

  @Test
  void shouldRefuseANameThatIsAPath() {
    assertThatThrownBy(() -> new ServiceUnit("../../x", List.of("/bin/true"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
