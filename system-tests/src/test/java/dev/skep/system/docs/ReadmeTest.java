package dev.skep.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents promise about themselves. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern PROGRAM =
      Pattern.compile("<!-- file: (\\S+) -->\n```\\w+\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");

  @Test
  void shouldKeepTheReadmeShort() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void shouldLinkOnlyToFilesThatExist() throws IOException {
    assertThat(documents().flatMap(ReadmeTest::brokenLinks).toList()).isEmpty();
  }

  @Test
  void shouldShowProgramsThatAreFilesOfTheProject() throws IOException {
    List<MatchResult> programs =
        PROGRAM.matcher(read(ROOT.resolve("README.md"))).results().toList();

    assertThat(programs).isNotEmpty();
    for (MatchResult program : programs) {
      assertThat(program.group(2)).isEqualTo(read(ROOT.resolve(program.group(1))));
    }
  }

  @Test
  void shouldPublishNoUnfinishedPage() throws IOException {
    assertThat(documents().filter(page -> read(page).matches("(?s).*\\b(TBD|TODO|FIXME)\\b.*")))
        .isEmpty();
  }

  private static Stream<Path> documents() throws IOException {
    List<Path> top =
        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(ROOT::resolve).toList();
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages = docs.filter(file -> file.toString().endsWith(".md")).toList();
      return Stream.concat(top.stream(), pages.stream()).toList().stream();
    }
  }

  private static Stream<String> brokenLinks(Path page) {
    return LINK.matcher(read(page))
        .results()
        .map(MatchResult::group)
        .filter(link -> !Files.exists(page.resolveSibling(target(link))))
        .map(link -> page + " -> " + link);
  }

  private static String target(String link) {
    return link.substring(2, link.length() - 1).replaceAll("#.*", "");
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
