package dev.skep.queen.download;

import java.util.Locale;

/** How a connector's version stands to the one this queen offers. */
public enum Standing {
  CURRENT("up to date"),
  UPDATE_ADVISED("update advised"),
  /** It may stay and be seen, but gets no slots and so no jobs. */
  UPDATE_REQUIRED("update to get jobs"),
  /** Another program than ours, or one from before it said what it speaks. */
  UNKNOWN("unknown program");

  private final String text;

  Standing(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** As JSON writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
