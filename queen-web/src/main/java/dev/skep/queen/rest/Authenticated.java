package dev.skep.queen.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a resource method. The filter denies by default: a method without this and without
 * {@link Anyone} is treated as {@code @Authenticated}. With {@link Anyone} a token stays optional,
 * but one that is sent must be good.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Authenticated {
  /** The caller needs one of these roles; empty means any signed-in caller. */
  Role[] value() default {};
}
