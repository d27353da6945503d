package dev.skep.provider.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A small world behind this machine: a network namespace that plays a LAN, a cloud's metadata
 * service and the public internet. Each answers with a word of its own, so that nothing else on the
 * way can be taken for it. Needs root.
 */
final class NetworkLab implements AutoCloseable {

  static final String LAN = "10.99.0.2";
  static final String HOST_ON_LAN = "10.99.0.1";
  static final String METADATA = "169.254.77.77";
  static final String PUBLIC = "203.0.113.9";
  static final int HTTP = 8080;
  static final int MAIL = 25;

  /** Listens everywhere for HTTP, also on a mail server's port; and a "name server" over UDP. */
  private static final String SERVER =
      """
      import http.server, socket, threading
      class Site(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              body = b'skep-lab'
              self.send_response(200)
              self.send_header('Content-Length', str(len(body)))
              self.end_headers()
              self.wfile.write(body)
          def log_message(self, *_):
              pass
      class Server(http.server.ThreadingHTTPServer):
          address_family = socket.AF_INET6
      for port in PORTS:
          server = Server(('::', port), Site)
          threading.Thread(target=server.serve_forever).start()
      names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      names.bind(NAMES)
      print('ready', flush=True)
      while True:
          asked, who = names.recvfrom(512)
          names.sendto(b'skep-lab ' + asked, who)
      """;

  private final String space = "skep-lab";
  private final List<Process> servers = new ArrayList<>();

  private NetworkLab() {}

  static boolean isPossible() {
    return System.getProperty("user.name").equals("root");
  }

  static NetworkLab open() {
    NetworkLab lab = new NetworkLab();
    lab.clear();
    try {
      lab.build();
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
    return lab;
  }

  private void build() {
    run("ip netns add " + space);
    run("ip link add skep-lab0 type veth peer name skep-lab1 netns " + space);
    run("ip addr add " + HOST_ON_LAN + "/24 dev skep-lab0");
    run("ip link set skep-lab0 up");
    inside("ip addr add " + LAN + "/24 dev skep-lab1");
    inside("ip addr add " + METADATA + "/32 dev skep-lab1");
    inside("ip addr add " + PUBLIC + "/32 dev skep-lab1");
    inside("ip link set lo up");
    inside("ip link set skep-lab1 up");
    inside("ip route add default via " + HOST_ON_LAN);
    run("ip route add " + METADATA + " via " + LAN);
    run("ip route add " + PUBLIC + " via " + LAN);
    serve("ip netns exec " + space + " python3 -c", HTTP + ", " + MAIL, PUBLIC, 53);
  }

  /** The host's own service, which a container must not reach either. */
  void serveOnHost(int port) {
    serve("python3 -c", "" + port, "127.0.0.1", port);
  }

  private void serve(String launcher, String ports, String address, int udp) {
    List<String> command = new ArrayList<>(List.of(launcher.split(" ")));
    String names = "('%s', %d)".formatted(address, udp);
    command.add(SERVER.replace("PORTS", "(" + ports + ",)").replace("NAMES", names));
    try {
      Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
      servers.add(server);
      BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
      String said = out.readLine();
      if (!"ready".equals(said)) {
        throw new IllegalStateException("a server of the lab did not start: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void inside(String command) {
    run("ip netns exec " + space + " " + command);
  }

  private static void run(String command) {
    int status = tryRun(command);
    if (status != 0) {
      throw new IllegalStateException(command + " ended with " + status);
    }
  }

  private static int tryRun(String command) {
    try {
      return new ProcessBuilder(command.split(" "))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void clear() {
    tryRun("ip route del " + METADATA + " via " + LAN);
    tryRun("ip route del " + PUBLIC + " via " + LAN);
    tryRun("ip link del skep-lab0");
    tryRun("ip netns del " + space);
  }

  @Override
  public void close() {
    servers.forEach(server -> server.destroyForcibly().onExit().join());
    clear();
  }
}
