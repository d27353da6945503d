package dev.skep.queen.rest;

import dev.skep.protocol.SkepException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Our own exceptions already say everything. */
@Provider
public class SkepExceptionMapper implements ExceptionMapper<SkepException> {
  @Override
  public Response toResponse(SkepException failure) {
    return Problems.answer(failure);
  }
}
