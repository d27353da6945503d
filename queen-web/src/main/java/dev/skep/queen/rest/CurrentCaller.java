package dev.skep.queen.rest;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller of the running request, set once by the filter. Read it on the request's own thread:
 * asynchronous work takes the {@link Caller} value along.
 */
@RequestScoped
public class CurrentCaller {
  private @Nullable Caller caller;

  /** The caller, on methods that demand one. */
  public Caller require() {
    return find().orElseThrow(Unauthorized::missing);
  }

  /** The caller if a token was sent; for {@link Anyone} methods. */
  public Optional<Caller> find() {
    return Optional.ofNullable(caller);
  }

  void set(Caller caller) {
    this.caller = caller;
  }
}
