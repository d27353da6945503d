package dev.skep.system.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Markdown page as its reader uses it, step by step. */
record Page(List<Step> steps) {

  private static final Pattern BLOCK =
      Pattern.compile("(?:<!-- file: (\\S+) -->\n)?```(\\w+)\n(.*?)```", Pattern.DOTALL);

  /** What a reader does with a code block. */
  enum Kind {
    /** Writes a file, named in the comment above the block. */
    FILE,
    /** Types the lines. */
    TYPE,
    /** Compares what he sees with what the page shows. */
    SEE
  }

  /** One code block. */
  record Step(Kind kind, String file, String text) {

    /** The commands, without what the page says about them. */
    List<String> lines() {
      return text.lines()
          .map(line -> line.replaceFirst("\\s+# .*$", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  static Page read(Path page) {
    try {
      return new Page(BLOCK.matcher(Files.readString(page)).results().map(Page::step).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Step step(MatchResult block) {
    if (block.group(1) != null) {
      return new Step(Kind.FILE, block.group(1), block.group(3));
    }
    return switch (block.group(2)) {
      case "bash" -> new Step(Kind.TYPE, "", block.group(3));
      case "text" -> new Step(Kind.SEE, "", block.group(3));
      default -> throw new IllegalStateException("a block of " + block.group(2) + " without a use");
    };
  }
}
