package dev.skep.system.server;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A client of one pool, authorised by somebody's token. */
public final class PoolClient {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI queen;
  private final String pool;
  private final String token;

  public PoolClient(URI queen, String pool, String token) {
    this.queen = queen;
    this.pool = pool;
    this.token = token;
  }

  /** Sends a job and returns its id as soon as the queen has accepted it (202). */
  public String accepted(String input) {
    HttpResponse<String> response =
        send(
            request("/pools/" + pool)
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .POST(HttpRequest.BodyPublishers.ofString(input)));
    if (response.statusCode() != 202) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return object(response.body()).getString("id");
  }

  /** Sends a job and waits for its end; the answer is its output or a problem. */
  public HttpResponse<String> call(String input) {
    return call(input.getBytes(StandardCharsets.UTF_8));
  }

  public HttpResponse<String> call(byte[] input) {
    return send(
        request("/pools/" + pool)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(input)));
  }

  /** Sends a job and listens to it. */
  public EventReader listen(String input) {
    HttpRequest request =
        request("/pools/" + pool)
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(input))
            .build();
    try {
      return new EventReader(http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What the queen answers, whatever it is. */
  public HttpResponse<String> ask(String path) {
    return send(request(path).GET());
  }

  public HttpResponse<String> post(String path) {
    return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
  }

  public JsonObject job(String id) {
    return object(get("/api/jobs/" + id));
  }

  public List<JsonObject> jobs(List<String> ids) {
    return ids.stream().map(this::job).toList();
  }

  public JsonObject pool() {
    return object(get("/api/pools/" + pool));
  }

  /** The attempts of a job as the API lists them. */
  public static List<JsonObject> attempts(JsonObject job) {
    return job.getJsonArray("attempts").getValuesAs(JsonObject.class);
  }

  public static JsonArray receipts(JsonObject job) {
    return job.getJsonArray("receipts");
  }

  private String get(String path) {
    HttpResponse<String> response = ask(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(queen.resolve(path))
        .timeout(Duration.ofMinutes(3))
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  public static JsonArray array(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readArray();
    }
  }

  public static JsonObject object(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
