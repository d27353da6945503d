package dev.skep.queen.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource method that needs no token; one that is sent must still be good. Not
 * {@code @PermitAll}: on a method, Payara's MicroProfile JWT filter takes that for a demand to sign
 * in and answers 401.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Anyone {}
