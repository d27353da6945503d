package dev.skep.system.rest;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.wallet.Wallet;
import dev.skep.system.server.RunningQueen;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * The queen's REST API from outside. The server is {@code -Dskep.queen.url} (or the environment's
 * SKEP_QUEEN_URL) when given, else the one that {@code bin/test} runs.
 */
final class Api {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final URI QUEEN = queen();

  private Api() {}

  private static URI queen() {
    String url = System.getProperty("skep.queen.url", System.getenv("SKEP_QUEEN_URL"));
    return url == null ? RunningQueen.shared().http() : URI.create(url);
  }

  static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(QUEEN.resolve(path)).timeout(Duration.ofSeconds(60));
  }

  static Answer get(String path) {
    return send(to(path));
  }

  static Answer post(String path, JsonObject body) {
    return send(json(path, body.toString()));
  }

  static HttpRequest.Builder json(String path, String body) {
    return to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
  }

  static HttpRequest.Builder as(String token, HttpRequest.Builder request) {
    return request.setHeader("Authorization", "Bearer " + token);
  }

  static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static Wallet newWallet() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    key[0] = 1;
    return Wallet.fromPrivateKey(Hash32.of(key));
  }

  /** The text a wallet is asked to sign. */
  static String challenge(Wallet wallet) {
    JsonObject ask = Json.createObjectBuilder().add("address", wallet.address().toString()).build();
    Answer answer = post("/api/login/challenges", ask);
    if (answer.status() != 201) {
      throw new AssertionError(answer);
    }
    return answer.json().getString("message");
  }

  static Answer login(Wallet signer, String message) {
    return post(
        "/api/login",
        Json.createObjectBuilder()
            .add("message", message)
            .add("signature", signer.signMessage(message).toString())
            .build());
  }

  static String signIn(Wallet wallet) {
    return login(wallet, challenge(wallet)).json().getString("token");
  }
}
