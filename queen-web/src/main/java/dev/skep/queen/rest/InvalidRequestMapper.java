package dev.skep.queen.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Lists all wrong members in one answer. */
@Provider
public class InvalidRequestMapper implements ExceptionMapper<InvalidRequest> {
  @Override
  public Response toResponse(InvalidRequest failure) {
    return Problems.respond(failure.problem(), failure.json());
  }
}
