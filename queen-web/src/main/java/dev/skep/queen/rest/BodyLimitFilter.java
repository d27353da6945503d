package dev.skep.queen.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a body that announces more than {@link MaxBody} at once, and one that turns out longer
 * while it is read.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class BodyLimitFilter implements ContainerRequestFilter {
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    int limit = limitOf(resource.getResourceMethod());
    if (request.getLength() > limit) {
      throw LimitedBody.tooLarge(limit);
    }
    request.setEntityStream(new LimitedBody(request.getEntityStream(), limit));
  }

  private static int limitOf(@Nullable Method method) {
    MaxBody own = method == null ? null : method.getAnnotation(MaxBody.class);
    return own == null ? MaxBody.DEFAULT : own.value();
  }
}
