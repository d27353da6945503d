/**
 * How the queen speaks HTTP: authentication, body limits, strict JSON and problem+json; no feature
 * of its own.
 */
@NullMarked
package dev.skep.queen.rest;

import org.jspecify.annotations.NullMarked;
