package dev.skep.queen.rest;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Bean Validation findings in the same form as our own. */
@Provider
public class ConstraintViolationMapper implements ExceptionMapper<ConstraintViolationException> {
  @Override
  public Response toResponse(ConstraintViolationException failure) {
    InvalidRequest invalid =
        new InvalidRequest(
            failure.getConstraintViolations().stream()
                .map(ConstraintViolationMapper::finding)
                .toList());
    return Problems.respond(invalid.problem(), invalid.json());
  }

  private static InvalidRequest.Finding finding(ConstraintViolation<?> violation) {
    return new InvalidRequest.Finding(pointer(violation.getPropertyPath()), violation.getMessage());
  }

  /** The first two nodes name our Java method and its parameter, which the caller never sees. */
  private static String pointer(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .skip(2)
        .map(Path.Node::getName)
        .collect(Collectors.joining("/", "/", ""));
  }
}
