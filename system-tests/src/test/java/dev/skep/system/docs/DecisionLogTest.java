package dev.skep.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decision log: gap-free numbers, a fixed list of statuses, the same sections everywhere. */
class DecisionLogTest {

  private static final Path LOG = Path.of("..", "docs", "adr");

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(LOG)) {
      return files.sorted().toList();
    }
  }

  @Test
  void shouldNumberDecisionsWithoutGapsOrDoubles() throws IOException {
    List<Path> pages = pages();

    assertThat(pages.stream().map(page -> page.getFileName().toString().substring(0, 4)))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, pages.size()).mapToObj("%04d"::formatted).toList());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldSayDateStatusContextDecisionAndConsequences(Path page) throws IOException {
    assertThat(page.getFileName().toString()).matches("\\d{4}-[a-z0-9-]+\\.md");
    assertThat(Files.readString(page))
        .startsWith("# " + page.getFileName().toString().substring(0, 4) + ". ")
        .containsPattern("(?m)^Date: \\d{4}-\\d{2}-\\d{2}$")
        .containsPattern("(?m)^Status: (Proposed|Accepted|Superseded by \\d{4})$")
        .contains("## Context", "## Decision", "## Consequences");
  }
}
