package dev.skep.broker.guard;

/**
 * A packet that no honest connector sends. It has no stack trace, so that an attacker cannot make
 * us collect thousands.
 */
final class Violation extends Exception {
  Violation(String rule) {
    super(rule, null, false, false);
  }

  static void when(boolean broken, String rule) throws Violation {
    if (broken) {
      throw new Violation(rule);
    }
  }
}
