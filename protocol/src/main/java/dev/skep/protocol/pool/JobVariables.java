package dev.skep.protocol.pool;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment variables a pool's owner gives its jobs. Names that steer the interpreter, the
 * loader or Skep itself are refused, whoever asks.
 */
public record JobVariables(Map<String, String> values) {
  /** The most variables one pool may set. */
  public static final int MOST = 64;

  /** The longest value, and the most all of them may have together, in characters. */
  public static final int MOST_CHARACTERS = 16 * 1024;

  /** No variables of the owner's. */
  public static final JobVariables NONE = new JobVariables(Map.of());

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Pattern RESERVED =
      Pattern.compile(
          "(SKEP_|LD_|PYTHON|NODE_|DYLD_|NPM_|PIP_).*|PATH|HOME|HOSTNAME|SHELL|IFS|BASH_ENV|ENV",
          Pattern.CASE_INSENSITIVE);

  public JobVariables {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    if (values.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " variables");
    }
    values.forEach(
        (name, value) -> {
          checkName(name);
          checkValue(value);
        });
    if (values.values().stream().mapToInt(String::length).sum() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("more than " + MOST_CHARACTERS + " characters in all");
    }
  }

  /** Returns a name that a job may be given; else an {@link IllegalArgumentException}. */
  public static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a variable's name has letters, digits and _ only, at most 64, and no digit first");
    }
    if (RESERVED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "is reserved; SKEP_*, LD_*, PYTHON*, NODE_*, PATH and HOME are set by Skep alone");
    }
    return name;
  }

  /** Returns a value that a job may be given; else an {@link IllegalArgumentException}. */
  public static String checkValue(String value) {
    if (value.length() > MOST_CHARACTERS || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a value has at most " + MOST_CHARACTERS + " characters, none of them NUL");
    }
    return value;
  }

  /** The names, never the values: for logs. */
  @Override
  public String toString() {
    return "JobVariables" + values.keySet();
  }
}
