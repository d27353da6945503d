package dev.skep.provider.docker;

import static dev.skep.provider.docker.NetworkLab.HOST_ON_LAN;
import static dev.skep.provider.docker.NetworkLab.HTTP;
import static dev.skep.provider.docker.NetworkLab.LAN;
import static dev.skep.provider.docker.NetworkLab.MAIL;
import static dev.skep.provider.docker.NetworkLab.METADATA;
import static dev.skep.provider.docker.NetworkLab.PUBLIC;
import static dev.skep.provider.runtime.Programs.aSlot;
import static dev.skep.provider.runtime.Programs.anAttempt;
import static dev.skep.provider.runtime.Programs.job;
import static dev.skep.provider.runtime.Programs.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.pool.Destination;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.provider.network.AddressRange;
import dev.skep.provider.network.EgressPolicy;
import dev.skep.provider.network.Meter;
import dev.skep.provider.network.NameService;
import dev.skep.provider.runtime.JobOutcome;
import dev.skep.provider.runtime.JobSetting;
import dev.skep.provider.runtime.JobSpec;
import dev.skep.provider.runtime.WarmSlot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * What a job with an allow-list reaches of a small world with a LAN, a metadata service and a
 * public site: with the guard only what is listed, without it everything.
 */
@Tag("docker")
@EnabledIf("isPossible")
class EgressAttackIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int HOST_PORT = 34_099;

  /**
   * Asks each {@code host:port}, or {@code dns:host}, and tells which answered in the lab's words.
   */
  private static final String KNOCK =
      """
      import socket
      def ask(place):
          kind, host, port = ('dns', place[4:], 53) if place.startswith('dns:') else ('web', *place.rsplit(':', 1))
          family = socket.AF_INET6 if ':' in host else socket.AF_INET
          with socket.socket(family, socket.SOCK_DGRAM if kind == 'dns' else socket.SOCK_STREAM) as door:
              door.settimeout(3)
              door.connect((host, int(port)))
              door.sendall(QUERY if kind == 'dns' else b'GET / HTTP/1.0\\r\\n\\r\\n')
              data = door.recv(4096)
              while kind == 'web' and (more := door.recv(4096)):
                  data += more
              return kind == 'dns' and len(data) > 0 or b'skep-lab' in data
      QUERY = b'\\x12\\x34\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x06secret\\x07example\\x03org\\x00\\x00\\x01\\x00\\x01'
      def gateway():
          with open('/proc/net/route') as routes:
              for line in list(routes)[1:]:
                  part = line.split()
                  if part[1] == '00000000':
                      return socket.inet_ntoa(int(part[2], 16).to_bytes(4, 'little'))
      reached = []
      for place in input:
          try:
              if ask(place.replace('GATEWAY', gateway())):
                  reached.append(place)
          except OSError:
              pass
      return reached
      """;

  private static final String SITE = PUBLIC + ":" + HTTP;
  private static final List<String> FORBIDDEN =
      List.of(
          LAN + ":" + HTTP,
          METADATA + ":" + HTTP,
          PUBLIC + ":" + MAIL,
          "GATEWAY:" + HOST_PORT,
          HOST_ON_LAN + ":" + HOST_PORT,
          "dns:" + PUBLIC,
          "dns:127.0.0.11");

  private static NetworkLab lab;

  static boolean isPossible() {
    return NetworkLab.isPossible();
  }

  @BeforeAll
  static void open() {
    lab = NetworkLab.open();
    lab.serveOnHost(HOST_PORT);
  }

  @AfterAll
  static void close() {
    lab.close();
  }

  private static DockerRuntime runtime(EgressPolicy policy, Sandbox sandbox) {
    return DockerRuntime.open(settings(policy, NameService.SYSTEM), sandbox);
  }

  private static DockerSettings settings(EgressPolicy policy, NameService names) {
    DockerSettings standard = DockerSettings.standard();
    return new DockerSettings(
        null,
        standard.folder(),
        standard.images(),
        policy,
        names,
        Kernel.HOST,
        WorkerIo.AUTO,
        List.of());
  }

  private static JobSpec spec(String body, String... places) {
    NetworkPolicy network = new NetworkPolicy(Stream.of(places).map(Destination::parse).toList());
    return job("", body).with(JobSetting.DEFAULT.withNetwork(network));
  }

  private static String ask(DockerRuntime runtime, List<String> questions, String... places) {
    return ask(runtime, aSlot(), questions, places);
  }

  private static String ask(
      DockerRuntime runtime, SlotId id, List<String> questions, String... places) {
    try (WarmSlot slot = runtime.start(id, spec(KNOCK, places))) {
      return answer(slot, questions);
    }
  }

  private static String answer(WarmSlot slot, List<String> questions) {
    JobOutcome outcome = slot.run(anAttempt(), json(list(questions)), LIMIT);
    assertThat(outcome.ok()).as("%s", outcome.problem()).isTrue();
    return new String(outcome.output(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String list(List<String> words) {
    return "[\"" + String.join("\",\"", words) + "\"]";
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>(FORBIDDEN);
    all.add(SITE);
    return all;
  }

  @Test
  void shouldReachTheListedSiteAndNothingElse() {
    try (DockerRuntime runtime = runtime(EgressPolicy.PUBLIC, Sandbox.full())) {
      assertThat(ask(runtime, all(), SITE)).isEqualTo(list(List.of(SITE)));
    }
  }

  @Test
  void shouldReachEverythingWithoutTheGuard() {
    try (DockerRuntime runtime =
        runtime(EgressPolicy.PUBLIC, Sandbox.without(Set.of(Defence.GUARD)))) {
      assertThat(ask(runtime, all(), SITE)).isEqualTo(list(all()));
    }
  }

  @Test
  void shouldCloseTheNetworkOfASlotThatUsedItsBytesOfTheDay() {
    List<String> often = java.util.Collections.nCopies(60, SITE);
    SlotId id = aSlot();
    EgressPolicy poor = EgressPolicy.PUBLIC.with(new Meter(1 << 20, 20_000));
    try (DockerRuntime runtime = runtime(poor, Sandbox.full())) {
      String reached = ask(runtime, id, often, SITE);
      assertThat(reached.split(PUBLIC, -1).length - 1).isBetween(5, 55);
      await()
          .atMost(Duration.ofSeconds(30)) // a container that starts anew goes on counting
          .until(() -> ask(runtime, id, List.of(SITE), SITE).equals("[]"));
      assertThat(ask(runtime, List.of(SITE), SITE)).as("another slot").contains(SITE);
    }
    try (DockerRuntime runtime = runtime(poor, Sandbox.without(Set.of(Defence.GUARD)))) {
      assertThat(ask(runtime, often, SITE)).isEqualTo(list(often));
    }
  }

  @Test
  void shouldRefuseAPrivatePlaceThatIsListedUnlessTheProviderOpenedIt() {
    String place = LAN + ":" + HTTP;
    try (DockerRuntime runtime = runtime(EgressPolicy.PUBLIC, Sandbox.full())) {
      assertRefused(runtime, place, "network-denied");
      assertRefused(runtime, METADATA + ":" + HTTP, "network-denied");
      assertRefused(runtime, PUBLIC + ":" + MAIL, "network-denied");
    }
    var policy = new EgressPolicy(true, List.of(AddressRange.parse("10.99.0.0/24")));
    try (DockerRuntime runtime = runtime(policy, Sandbox.full())) {
      assertThat(ask(runtime, all(), place)).isEqualTo(list(List.of(place)));
    }
  }

  @Test
  void shouldGiveNoNetworkWhereTheProviderAllowsNone() {
    try (DockerRuntime runtime = runtime(EgressPolicy.NONE, Sandbox.full())) {
      assertRefused(runtime, SITE, "network-not-allowed");
    }
  }

  private static void assertRefused(DockerRuntime runtime, String place, String code) {
    assertThatThrownBy(() -> runtime.start(aSlot(), spec(KNOCK, place)))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.fault()).isEqualTo(Fault.PROVIDER);
              assertThat(e.getMessage()).contains(place);
            });
  }

  @Test
  void shouldReachTheHostOverIpv6OnlyWithBothWallsDown() {
    List<String> host = List.of("fd00:5ce9::1:" + HOST_PORT);
    assertThat(overIpv6(host, Set.of(Defence.GUARD))).isEqualTo("[]");
    assertThat(overIpv6(host, Set.of(Defence.NO_IPV6))).isEqualTo("[]");
    assertThat(overIpv6(host, Set.of(Defence.NO_IPV6, Defence.GUARD))).isEqualTo(list(host));
  }

  private static String overIpv6(List<String> host, Set<Defence> down) {
    try (DockerRuntime runtime = runtime(EgressPolicy.PUBLIC, Sandbox.without(down))) {
      return ask(runtime, host, SITE);
    }
  }

  @Test
  void shouldKnowOnlyTheNamesOfItsPool() {
    NameService names =
        host -> host.equals("site.test") ? List.of(AddressRange.parse(PUBLIC)) : List.of();
    DockerSettings settings = settings(EgressPolicy.PUBLIC, names);
    String lookUp =
        """
        import socket
        def known(name):
            try:
                return socket.getaddrinfo(name, 80)[0][4][0]
            except OSError:
                return None
        return [known('site.test'), known('example.org'), known('localhost')]
        """;
    try (DockerRuntime runtime = DockerRuntime.open(settings);
        WarmSlot slot = runtime.start(aSlot(), spec(lookUp, "site.test:" + HTTP))) {
      assertThat(slot.run(anAttempt(), json("1"), LIMIT).output())
          .asString()
          .isEqualTo("[\"203.0.113.9\",null,\"127.0.0.1\"]");
    }
  }

  @Test
  void shouldEndAsInfrastructureWhenTheGuardDies() {
    try (DockerRuntime runtime = runtime(EgressPolicy.PUBLIC, Sandbox.full());
        DockerEngine engine = DockerEngine.at(null);
        WarmSlot slot = runtime.start(aSlot(), spec("import time; time.sleep(600)", SITE))) {
      var running = CompletableFuture.supplyAsync(() -> slot.run(anAttempt(), json("1"), LIMIT));
      engine.call(
          docker -> docker.removeContainerCmd(guardOf(engine, slot)).withForce(true).exec());
      JobOutcome outcome = running.join();
      assertThat(outcome.problem().code()).isEqualTo("network-lost");
      assertThat(outcome.problem().fault()).isEqualTo(Fault.PROVIDER);
      assertThat(outcome.problem().retryable()).isTrue();
      assertThat(slot.alive()).isFalse();
    }
  }

  private static String guardOf(DockerEngine engine, WarmSlot slot) {
    return engine
        .call(docker -> docker.inspectContainerCmd(slot.containerId()).exec())
        .getHostConfig()
        .getNetworkMode()
        .replace("container:", "");
  }

  @Test
  void shouldLoseTheNetworkWithTheGuard() {
    try (DockerRuntime runtime = runtime(EgressPolicy.PUBLIC, Sandbox.full());
        DockerEngine engine = DockerEngine.at(null);
        WarmSlot slot = runtime.start(aSlot(), spec(KNOCK, SITE))) {
      assertThat(answer(slot, List.of(SITE))).isEqualTo(list(List.of(SITE)));
      engine.call(docker -> docker.killContainerCmd(guardOf(engine, slot)).exec());
      JobOutcome outcome = slot.run(anAttempt(), json(list(List.of(SITE))), LIMIT);
      assertThat(new String(outcome.output(), java.nio.charset.StandardCharsets.UTF_8))
          .isIn("[]", "");
    }
  }

  @Test
  void shouldFollowANameToItsNewAddress() throws Exception {
    Path address = Files.writeString(Files.createTempFile("skepit", ""), "198.51.100.1");
    NameService names =
        host -> {
          try {
            return List.of(AddressRange.parse(Files.readString(address)));
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        };
    try (DockerRuntime runtime = DockerRuntime.open(settings(EgressPolicy.PUBLIC, names));
        WarmSlot slot = runtime.start(aSlot(), spec(KNOCK, "site.test:" + HTTP))) {
      assertThat(answer(slot, List.of("site.test:" + HTTP))).isEqualTo("[]");
      Files.writeString(address, PUBLIC);
      runtime.guards().refresh();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> answer(slot, List.of("site.test:" + HTTP)).contains("site.test"));
    }
  }

  @Test
  void shouldLeaveNeitherGuardNorNetworkBehind() {
    try (DockerEngine engine = DockerEngine.at(null)) {
      try (DockerRuntime runtime = runtime(EgressPolicy.PUBLIC, Sandbox.full())) {
        runtime.start(aSlot(), spec(KNOCK, SITE));
        assertThat(guards(engine)).isEqualTo(1);
        assertThat(networks(engine)).isEqualTo(1);
      }
      assertThat(guards(engine)).isZero();
      assertThat(networks(engine)).isZero();
    }
  }

  private static long guards(DockerEngine engine) {
    String mine = Labels.OWNER + "=" + dev.skep.provider.worker.Owner.self().text();
    return engine
        .call(
            docker ->
                docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(mine)).exec())
        .stream()
        .filter(container -> container.getLabels().containsKey(Labels.GUARD))
        .count();
  }

  private static long networks(DockerEngine engine) {
    String mine = Labels.OWNER + "=" + dev.skep.provider.worker.Owner.self().text();
    return engine
        .call(docker -> docker.listNetworksCmd().withFilter("label", List.of(mine)).exec())
        .size();
  }
}
