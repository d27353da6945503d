package dev.skep.queen.rest;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;

/**
 * The refusals of the authentication filter; all unknown tokens get the same words, so that nothing
 * can be guessed.
 */
final class Unauthorized {
  private static final String HINT =
      "Sign in again: POST /api/login/challenges, sign the message, POST /api/login, then send Authorization: Bearer TOKEN.";

  private Unauthorized() {}

  static SkepException missing() {
    return SkepException.of("not-signed-in", 401)
        .fault(Fault.CALLER)
        .because("This request needs a bearer token and carries none.")
        .hint(HINT);
  }

  static SkepException malformed() {
    return SkepException.of("authorization-malformed", 401)
        .fault(Fault.CALLER)
        .because("The Authorization header is not of the form: Bearer TOKEN.")
        .hint(HINT);
  }

  static SkepException unknown() {
    return SkepException.of("token-invalid", 401)
        .fault(Fault.CALLER)
        .because("The bearer token is unknown, expired or revoked.")
        .hint(HINT);
  }

  static SkepException role(String needed) {
    return SkepException.of("role-missing", 403)
        .fault(Fault.CALLER)
        .because("The signed-in wallet lacks the role this request needs: " + needed + ".")
        .hint("Sign in with a wallet that has it; operators are named in SKEP_OPERATORS.");
  }
}
