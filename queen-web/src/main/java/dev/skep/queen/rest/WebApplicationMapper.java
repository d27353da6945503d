package dev.skep.queen.rest;

import dev.skep.protocol.SkepException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What JAX-RS itself refuses (no such path, method, media type, malformed parameter). */
@Provider
public class WebApplicationMapper implements ExceptionMapper<WebApplicationException> {
  private record Words(String code, String because, String hint) {}

  private static final String SEE = "The API is described at /openapi.";
  private static final Map<Integer, Words> KNOWN =
      Map.of(
          400, new Words("request-malformed", "The request could not be read.", SEE),
          401, new Words("not-signed-in", "This request needs a bearer token.", SEE),
          403, new Words("forbidden", "The caller may not do this.", SEE),
          404, new Words("not-found", "Nothing is at this path.", SEE),
          405,
              new Words(
                  "method-not-allowed",
                  "This path does not take this method.",
                  "Use one of the methods named in the Allow header."),
          406,
              new Words(
                  "not-acceptable",
                  "No form of the answer fits the Accept header.",
                  "Accept application/json."),
          415,
              new Words(
                  "media-type-unsupported",
                  "The body's Content-Type is not taken here.",
                  "Send Content-Type: application/json."));

  private final FailureLog log;

  public WebApplicationMapper() {
    this(new FailureLog());
  }

  WebApplicationMapper(FailureLog log) {
    this.log = log;
  }

  @Override
  public Response toResponse(WebApplicationException failure) {
    Optional<SkepException> own = Causes.find(failure, SkepException.class);
    if (own.isPresent()) {
      return Problems.answer(own.get());
    }
    Response original = failure.getResponse();
    if (original.getStatus() < 400) {
      return original;
    }
    return original.getStatus() >= 500 ? log.answer(failure) : refuse(original);
  }

  private static Response refuse(Response original) {
    int status = original.getStatus();
    Words words =
        KNOWN.getOrDefault(status, new Words("http-" + status, "The request was refused.", SEE));
    Response answer =
        Problems.answer(
            SkepException.of(words.code(), status).because(words.because()).hint(words.hint()));
    @Nullable String allow = original.getHeaderString(HttpHeaders.ALLOW);
    return allow == null
        ? answer
        : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
  }
}
