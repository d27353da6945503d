package dev.skep.queen.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Map.Entry;

/** A text of this package's resources with {@code @NAMES@} to be filled in. */
final class Page {
  private final String text;

  private Page(String text) {
    this.text = text;
  }

  static Page of(String resource) {
    try (InputStream file = Page.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException(resource + " is missing from the archive");
      }
      return new Page(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Values go in as they are: whoever gives them has made them harmless for this text. */
  String filled(Map<String, String> values) {
    String filled = text;
    for (Entry<String, String> value : values.entrySet()) {
      filled = filled.replace('@' + value.getKey() + '@', value.getValue());
    }
    return filled;
  }
}
