package dev.skep.queen.rest;

/**
 * What a caller may be: a wallet that signed in, a running connector, or an operator named in the
 * configuration.
 */
public enum Role {
  CLIENT,
  CONNECTOR,
  OPERATOR
}
