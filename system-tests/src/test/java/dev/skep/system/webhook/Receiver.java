package dev.skep.system.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool owner's own server; refuses as many deliveries as it is told to, then takes them. */
public final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> all = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();

  /** One request, with what the answer was. */
  public record Received(
      String event, String timestamp, String signature, byte[] body, int answered) {}

  public Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.createContext("/", this::take);
    server.start();
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/skep?from=queen";
  }

  public void refuse(int times) {
    refusals.set(times);
  }

  public List<Received> all() {
    return all;
  }

  private void take(HttpExchange request) throws IOException {
    byte[] body = request.getRequestBody().readAllBytes();
    int status = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 503 : 204;
    all.add(
        new Received(
            request.getRequestHeaders().getFirst("Skep-Event-Id"),
            request.getRequestHeaders().getFirst("Skep-Timestamp"),
            request.getRequestHeaders().getFirst("Skep-Signature"),
            body,
            status));
    request.sendResponseHeaders(status, -1);
    request.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
