package dev.skep.queen.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest request body of a resource method, in bytes; {@link #DEFAULT} where nothing is said.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MaxBody {
  int DEFAULT = 64 * 1024;

  int value();
}
