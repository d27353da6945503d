package dev.skep.system.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.system.server.RunningQueen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The running server opens two ports to the world, HTTPS and JMS over TLS, and a known few to its
 * own machine.
 */
class ListeningSocketsIT {
  private static final int POSTGRES = 32;
  private static final int IIOP = 37;
  private static final int CHAIN = 45;
  private static final int ADMINISTRATION = 48;
  private static final int PORT_MAPPER = 76;
  private static final int JMS = 77;
  private static final int BROKER_ADMINISTRATION = 78;
  private static final int HTTP = 80;
  private static final int HTTPS = 81;
  private static final int SSLJMS = 84;

  private final RunningQueen queen = RunningQueen.shared();

  @Test
  void shouldOpenOnlyHttpsAndJmsOverTlsToTheWorld() throws IOException {
    assertThat(reachable(Listener.of(processes()))).isEqualTo(ports(HTTPS, SSLJMS));
  }

  @Test
  void shouldOpenOnlyKnownPortsToItsMachine() throws IOException {
    Set<Integer> local =
        Listener.of(processes()).stream()
            .filter(Listener::isLoopback)
            .map(Listener::port)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(local)
        .isEqualTo(
            ports(
                POSTGRES,
                IIOP,
                CHAIN,
                ADMINISTRATION,
                PORT_MAPPER,
                JMS,
                BROKER_ADMINISTRATION,
                HTTP));
  }

  @Test
  void shouldFindOnePortTooMany() throws IOException {
    Set<Long> withOurs = processes();
    withOurs.add(ProcessHandle.current().pid());
    try (ServerSocket planted = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      Set<Integer> expected = ports(HTTPS, SSLJMS);
      expected.add(planted.getLocalPort());

      assertThat(reachable(Listener.of(withOurs))).isEqualTo(expected);
    }
  }

  private static Set<Integer> reachable(List<Listener> listeners) {
    return listeners.stream()
        .filter(listener -> !listener.isLoopback())
        .map(Listener::port)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<Integer> ports(int... offsets) {
    Set<Integer> ports = new TreeSet<>();
    for (int offset : offsets) {
      ports.add(queen.basePort() + offset);
    }
    return ports;
  }

  /** The three processes of the server and all their children. */
  private Set<Long> processes() throws IOException {
    Set<Long> pids = new HashSet<>();
    for (String part : List.of("payara", "postgres", "anvil")) {
      long pid =
          Long.parseLong(Files.readString(queen.home().resolve("run/" + part + ".pid")).trim());
      pids.add(pid);
      ProcessHandle.of(pid).orElseThrow().descendants().forEach(child -> pids.add(child.pid()));
    }
    return pids;
  }
}
