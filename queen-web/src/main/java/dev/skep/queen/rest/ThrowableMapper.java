package dev.skep.queen.rest;

import dev.skep.protocol.SkepException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/** The last resort: whatever else escapes a resource, transaction wrappers included. */
@Provider
public class ThrowableMapper implements ExceptionMapper<Throwable> {
  private final FailureLog log;

  public ThrowableMapper() {
    this(new FailureLog());
  }

  ThrowableMapper(FailureLog log) {
    this.log = log;
  }

  @Override
  public Response toResponse(Throwable failure) {
    Optional<Response> known =
        Causes.find(failure, SkepException.class)
            .map(Problems::answer)
            .or(() -> Causes.find(failure, InvalidRequest.class).map(this::list));
    return known.orElseGet(() -> log.answer(failure));
  }

  private Response list(InvalidRequest invalid) {
    return Problems.respond(invalid.problem(), invalid.json());
  }
}
