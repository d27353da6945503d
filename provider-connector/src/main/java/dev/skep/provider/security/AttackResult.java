package dev.skep.provider.security;

import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;

/**
 * How one attack went.
 *
 * @param seen what the attacker met, in its own words
 */
public record AttackResult(Attack attack, String seen, Verdict verdict) {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** Who won. */
  public enum Verdict {
    /** Every part of the attack failed. */
    CONTAINED,
    /** At least one part succeeded. */
    ESCAPED,
    /** The attack could not be tried to its end; treat it like escaped. */
    UNKNOWN,
    /** This machine runs no jobs that could try it. */
    NOT_TRIED
  }

  JsonObject toJson() {
    return JSON.createObjectBuilder()
        .add("name", attack.title())
        .add("tried", attack.tried())
        .add("expected", attack.expected())
        .add("seen", seen)
        .add("verdict", verdict.name())
        .build();
  }
}
