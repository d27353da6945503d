package dev.skep.system.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** The queen's side of the attacks, in words. */
final class Lab {
  static final String PULL = "skep.pull";
  static final String RESULTS = "skep.results.lab";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final LabServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  Lab(LabServer server) {
    this.server = server;
  }

  /** A provider with a session that has an hour to live. */
  Provider provider() {
    return provider("0x" + random(20), Duration.ofHours(1));
  }

  Provider provider(String user, Duration life) {
    String token =
        Base64.getUrlEncoder().withoutPadding().encodeToString(HexFormat.of().parseHex(random(32)));
    String inbox = "inbox." + random(16);
    String expires = Instant.now().plus(life).toString();
    String id =
        ask(
            "/open",
            "user",
            user,
            "passwordSha256",
            sha256(token),
            "inbox",
            inbox,
            "expires",
            expires);
    return new Provider(id, user, token, inbox);
  }

  void guard(boolean on) {
    ask("/guard", "on", String.valueOf(on));
  }

  void close(Provider provider) {
    ask("/close", "id", provider.session());
  }

  void ban(Provider provider) {
    ask("/ban", "user", provider.user());
  }

  /** Sends as the queen does, and returns the message's id. */
  String send(String queue, String text) {
    return ask("/send", "queue", queue, "text", text);
  }

  /** Receives as the queen does; empty when nothing comes in time. */
  String receive(String queue, Duration limit) {
    return ask("/receive", "queue", queue, "millis", String.valueOf(limit.toMillis()));
  }

  /** Takes everything out of the queen's queues, as left by attacks that succeeded. */
  void drain() {
    ask("/drain", "queue", PULL);
    ask("/drain", "queue", RESULTS);
  }

  boolean exists(String queue) {
    return !ask("/waiting", "queue", queue).equals("none");
  }

  int waiting(String queue) {
    return Integer.parseInt(ask("/waiting", "queue", queue));
  }

  long violations() {
    return Long.parseLong(ask("/violations"));
  }

  String spkiSha256() {
    return ask("/spki");
  }

  private String ask(String operation, String... parameters) {
    StringBuilder url = new StringBuilder(server.http()).append(operation);
    for (int i = 0; i < parameters.length; i += 2) {
      url.append(i == 0 ? '?' : '&').append(parameters[i]).append('=');
      url.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return post(URI.create(url.toString()));
  }

  private String post(URI url) {
    HttpRequest request =
        HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.noBody()).build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(url.getPath() + ": " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
