package dev.skep.provider.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skep.chain.identity.SignInMessage;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An HTTP server that answers as a queen would: signing in works, the rest is what a test sets. */
final class StandInQueen implements AutoCloseable {
  /** What a test answers with. */
  record Answer(int status, String body, Map<String, String> headers) {
    static Answer of(String body) {
      return new Answer(200, body, Map.of());
    }

    static Answer refusal(SkepException e) {
      return new Answer(e.status(), e.problem().toJson().toString(), Map.of());
    }
  }

  /** A request as it came. */
  record Seen(String line, String body, Map<String, String> headers) {}

  final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Function<Seen, Answer>> answers = new HashMap<>();
  private final HttpServer server;
  private String domain = "";

  StandInQueen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    answer("POST /api/login/challenges", this::challenge);
    answer("POST /api/login", "{\"token\":\"t0ken\"}");
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Asks to sign for another site from now on. */
  void pretendToBe(String site) {
    domain = site;
  }

  void answer(String line, Function<Seen, Answer> by) {
    answers.put(line, by);
  }

  void answer(String line, String body) {
    answer(line, request -> Answer.of(body));
  }

  void refuse(String line, SkepException e) {
    answer(line, request -> Answer.refusal(e));
  }

  private Answer challenge(Seen request) {
    JsonObject asked = Json.createReader(new StringReader(request.body())).readObject();
    String site = domain.isEmpty() ? url().substring("http://".length()) : domain;
    SignInMessage message =
        new SignInMessage(
            site,
            WalletAddress.parse(asked.getString("address")),
            "Sign in to Skep",
            "http://" + site,
            31337,
            "abcdefgh12345678",
            new SignInMessage.Validity(Instant.now(), Instant.now().plusSeconds(60), null),
            null,
            List.of());
    return new Answer(
        201,
        Json.createObjectBuilder().add("message", message.text()).build().toString(),
        Map.of());
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    Seen request = new Seen(exchange.getRequestMethod() + " " + path, body, headers);
    seen.add(request);
    Answer answer =
        answers
            .getOrDefault(
                request.line(),
                r -> Answer.refusal(SkepException.of("not-found", 404).because(r.line())))
            .apply(request);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
