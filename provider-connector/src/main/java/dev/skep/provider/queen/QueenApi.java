package dev.skep.provider.queen;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.provider.tls.SpkiPin;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one queen, with or without a token. Immutable and thread-safe.
 *
 * <p>A refusal throws the {@link SkepException} of its problem document; a queen that cannot be
 * reached throws {@code queen-unreachable}, which a caller may retry. Redirects are not followed:
 * they could carry the token elsewhere.
 */
public final class QueenApi {
  /** Longest answer that is read. */
  public static final int MAX_ANSWER = WireLimits.MAX_BLOB + (1 << 20);

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final QueenUrl url;
  private final HttpClient http;
  private final @Nullable String token;

  private QueenApi(QueenUrl url, HttpClient http, @Nullable String token) {
    this.url = url;
    this.http = http;
    this.token = token;
  }

  /** A queen trusted by the system's certificates, or by {@code pin} alone when there is one. */
  public static QueenApi of(QueenUrl url, @Nullable SpkiPin pin) {
    HttpClient.Builder http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (pin != null) {
      http.sslContext(pin.context());
    }
    return new QueenApi(url, http.build(), null);
  }

  public QueenApi withToken(String bearer) {
    return new QueenApi(url, http, bearer);
  }

  public QueenUrl url() {
    return url;
  }

  public QueenReply get(String path) {
    return send("GET", path, BodyPublishers.noBody(), Map.of()).orThrow();
  }

  public QueenReply delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), Map.of()).orThrow();
  }

  public QueenReply post(String path, JsonStructure body) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return post(path, bytes, Map.of()).orThrow();
  }

  /** Posts without a body. */
  public QueenReply post(String path) {
    return post(path, JsonObject.EMPTY_JSON_OBJECT);
  }

  /** Posts bytes that are JSON and leaves the judgement of the reply to the caller. */
  public QueenReply post(String path, byte[] json, Map<String, String> headers) {
    return send("POST", path, BodyPublishers.ofByteArray(json), headers);
  }

  /** Posts JSON and listens to what comes of it. */
  public QueenEvents postForEvents(String path, byte[] json, Map<String, String> headers) {
    HttpRequest.Builder request = request("POST", path, BodyPublishers.ofByteArray(json));
    request.header("Content-Type", "application/json");
    headers.forEach(request::header);
    return listen("POST " + path, request);
  }

  /** Listens to an address that tells events. */
  public QueenEvents events(String path) {
    return listen("GET " + path, request("GET", path, BodyPublishers.noBody()));
  }

  private QueenEvents listen(String what, HttpRequest.Builder request) {
    request.header("Accept", "text/event-stream");
    HttpResponse<InputStream> response = open(request.build());
    if (response.statusCode() != 200) {
      throw read(what, response).refusal();
    }
    return new QueenEvents(response.body());
  }

  /** Puts bytes, whole or a part; the queen may have them already. */
  public QueenReply put(String path, byte[] bytes, Map<String, String> headers) {
    return send("PUT", path, BodyPublishers.ofByteArray(bytes), headers).orThrow();
  }

  /**
   * Opens the bytes at a path from an offset on; the caller closes them. Other answers than 200 and
   * 206 are thrown.
   */
  public HttpResponse<InputStream> open(String path, long offset) {
    HttpRequest.Builder request = request("GET", path, BodyPublishers.noBody());
    request.header("Range", "bytes=" + offset + "-");
    HttpResponse<InputStream> response = open(request.build());
    if (response.statusCode() != 200 && response.statusCode() != 206) {
      throw read("GET " + path, response).refusal();
    }
    return response;
  }

  private HttpRequest.Builder request(String method, String path, HttpRequest.BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.at(path)).method(method, body).timeout(ANSWER);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private QueenReply send(
      String method, String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
    HttpRequest.Builder request = request(method, path, body);
    request.header("Accept", "application/json, application/problem+json");
    if (!method.equals("GET")) {
      String type = method.equals("PUT") ? "application/octet-stream" : "application/json";
      request.header("Content-Type", type);
    }
    headers.forEach(request::header);
    return exchange(method + " " + path, request.build());
  }

  /**
   * Posts lines of JSON; the answer's lines can be read as they come. Whoever reads them closes the
   * stream; a connection that breaks shows as an {@code IOException} there.
   */
  public InputStream postLines(String path, byte[] lines) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.at(path))
            .POST(BodyPublishers.ofByteArray(lines))
            .timeout(ANSWER)
            .header("Content-Type", "application/x-ndjson")
            .header("Accept", "application/x-ndjson, application/problem+json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<InputStream> response = open(request.build());
    if (response.statusCode() == 200) {
      return response.body();
    }
    throw read("POST " + path, response).refusal();
  }

  private QueenReply exchange(String what, HttpRequest request) {
    return read(what, open(request));
  }

  private QueenReply read(String what, HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
      if (bytes.length > MAX_ANSWER) {
        throw unreachable("its answer to " + what + " is larger than " + MAX_ANSWER + " bytes");
      }
      return new QueenReply(what, response.statusCode(), response.headers(), bytes);
    } catch (IOException e) {
      throw unreachable(reason(e)).causedBy(e);
    }
  }

  private HttpResponse<InputStream> open(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("the call was interrupted").causedBy(e);
    } catch (SSLException e) {
      throw untrusted(e);
    } catch (IOException e) {
      throw unreachable(reason(e)).causedBy(e);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
  }

  private SkepException unreachable(String why) {
    return SkepException.of("queen-unreachable", 503)
        .fault(Fault.PLATFORM)
        .retryable(true)
        .because("no answer from the queen at " + url + ": " + why)
        .hint("Is she running ('bin/queen status')? Another one: --queen URL or SKEP_QUEEN.");
  }

  private SkepException untrusted(SSLException e) {
    return SkepException.of("queen-untrusted", 502)
        .fault(Fault.PLATFORM)
        .because("TLS to the queen at " + url + " failed: " + e.getMessage())
        .hint("For a self-signed queen give her certificate or its pin: --queen-cert FILE.")
        .causedBy(e);
  }
}
