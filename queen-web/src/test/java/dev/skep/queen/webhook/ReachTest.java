package dev.skep.queen.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  private static final Reach STRICT = new Reach(false, false);
  private static final Reach DEVELOPMENT = new Reach(true, false);
  private static final Reach OPEN = new Reach(false, true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/",
        "ftp://example.org/",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:25/",
        "https:///nowhere",
        "/path",
        "https://exa mple.org/"
      })
  void shouldRefuseUrlsOfAnotherForm(String url) {
    assertThatThrownBy(() -> STRICT.check(url)).satisfies(ReachTest::isRefused);
  }

  @Test
  void shouldTakeHttpsAnywhereAndHttpOnlyToThisMachineInDevelopment() {
    assertThatCode(() -> STRICT.check("https://example.org/hook?a=b")).doesNotThrowAnyException();
    assertThatCode(() -> STRICT.check("https://example.org:8443/")).doesNotThrowAnyException();
    assertThatCode(() -> DEVELOPMENT.check("http://localhost:9000/")).doesNotThrowAnyException();
    assertThatThrownBy(() -> DEVELOPMENT.check("http://example.org/"))
        .satisfies(ReachTest::isRefused);
    assertThatThrownBy(() -> OPEN.check("http://localhost:9000/")).satisfies(ReachTest::isRefused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1"
      })
  void shouldNotBeSentIntoTheHouse(String address) throws UnknownHostException {
    assertThat(STRICT.allows(InetAddress.getByName(address))).isFalse();
    assertThat(STRICT.allows(InetAddress.getByName("93.184.216.34"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "172.32.0.1", "192.169.0.1", "2606:4700::1111"})
  void shouldReachPublicAddresses(String address) throws UnknownHostException {
    assertThat(STRICT.allows(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void shouldOpenOnlyWhatTheOperatorOpened() throws UnknownHostException {
    InetAddress metadata = InetAddress.getByName("169.254.169.254");
    InetAddress lan = InetAddress.getByName("192.168.1.1");

    assertThat(OPEN.allows(lan)).isTrue();
    assertThat(OPEN.allows(metadata)).isFalse();
    assertThat(OPEN.allows(InetAddress.getLoopbackAddress())).isFalse();
    assertThat(DEVELOPMENT.allows(InetAddress.getLoopbackAddress())).isTrue();
    assertThat(DEVELOPMENT.allows(lan)).isFalse();
  }

  @Test
  void shouldJudgeANameByItsAddresses() {
    assertThatThrownBy(() -> STRICT.resolve(URI.create("https://localhost/")))
        .satisfies(ReachTest::isRefused);
    assertThat(DEVELOPMENT.resolve(URI.create("https://localhost/")).isLoopbackAddress()).isTrue();
  }

  private static void isRefused(Throwable e) {
    assertThat(((SkepException) e).code()).isEqualTo("webhook-url-refused");
  }
}
