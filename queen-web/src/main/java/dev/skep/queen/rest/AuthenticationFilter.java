package dev.skep.queen.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;

/** Resolves the bearer token and enforces {@link Authenticated}; denies what is not annotated. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {
  @Inject Bearer bearer;
  @Inject CurrentCaller current;
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Optional<Caller> caller = bearer.identify(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    caller.ifPresent(current::set);
    Method method = resource.getResourceMethod();
    if (method != null) {
      check(method, caller);
    }
  }

  static void check(Method method, Optional<Caller> caller) {
    Optional<Authenticated> demand = find(method, Authenticated.class);
    if (demand.isEmpty() && find(method, Anyone.class).isPresent()) {
      return;
    }
    Caller present = caller.orElseThrow(Unauthorized::missing);
    Role[] roles = demand.map(Authenticated::value).orElse(new Role[0]);
    if (roles.length > 0 && Arrays.stream(roles).noneMatch(present::has)) {
      throw Unauthorized.role(Arrays.toString(roles));
    }
  }

  /** The method's own annotation wins over its class's. */
  private static <A extends Annotation> Optional<A> find(Method method, Class<A> type) {
    Optional<A> own = Optional.ofNullable(method.getAnnotation(type));
    boolean decidedOnMethod =
        method.isAnnotationPresent(Authenticated.class) || method.isAnnotationPresent(Anyone.class);
    return own.isPresent() || decidedOnMethod
        ? own
        : Optional.ofNullable(method.getDeclaringClass().getAnnotation(type));
  }
}
