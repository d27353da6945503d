package dev.skep.queen.rest;

import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Problems as HTTP answers (RFC 9457). */
public final class Problems {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int RETRY_SECONDS = 2;

  private Problems() {}

  public static Response answer(SkepException failure) {
    return answer(failure.problem(), Map.of());
  }

  /** The answer of a problem with further members, for example the job a failed call made. */
  public static Response answer(Problem problem, Map<String, JsonObject> members) {
    var json = Json.createObjectBuilder(problem.toJson());
    members.forEach(json::add);
    return respond(problem, json.build());
  }

  /** A problem as a row holds it, read and written anew so that no stored text passes unchecked. */
  public static JsonObject stored(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return Problem.fromJson(JsonBody.object(text)).toJson();
  }

  /** Answers where there is no JAX-RS. */
  public static void write(HttpServletResponse response, SkepException failure) throws IOException {
    Response answer = answer(failure);
    response.setStatus(answer.getStatus());
    answer.getStringHeaders().forEach((name, values) -> response.setHeader(name, values.get(0)));
    response
        .getOutputStream()
        .write(String.valueOf(answer.getEntity()).getBytes(StandardCharsets.UTF_8));
  }

  static Response respond(Problem problem, JsonObject body) {
    Response.ResponseBuilder response =
        Response.status(problem.status()).type(MEDIA_TYPE).entity(body.toString());
    if (problem.status() == 429 || problem.status() == 503) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    if (problem.status() == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"skep\"");
    }
    return response.build();
  }
}
