package dev.skep.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on bad input names tests that exist, codes that the code has, and faults. */
class BadInputPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE_WORD = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");
  private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*(?:Test|IT))`");

  @Test
  void shouldNameOnlyTestsThatExistAndOneForEveryLine() throws IOException {
    Set<String> classes =
        sources("src/test/java").map(BadInputPageTest::name).collect(Collectors.toSet());

    assertThat(words(TEST_CLASS, page())).isNotEmpty().isSubsetOf(classes);
    assertThat(rows()).allSatisfy(row -> assertThat(words(TEST_CLASS, row.get(4))).isNotEmpty());
  }

  @Test
  void shouldNameOnlyCodesThatTheCodeHas() throws IOException {
    String code =
        sources("src/main/java").map(BadInputPageTest::read).collect(Collectors.joining());

    for (List<String> row : rows()) {
      assertThat(words(CODE_WORD, row.get(1)))
          .allSatisfy(word -> assertThat(code.contains('"' + word + '"')).as(word).isTrue());
    }
  }

  @Test
  void shouldSayWhoseFaultItIsAndWhatToDoWhereThereIsACode() throws IOException {
    for (List<String> row : rows()) {
      if (!words(CODE_WORD, row.get(1)).isEmpty()) {
        assertThat(Arrays.stream(Fault.values()).map(Fault::name))
            .as(row.get(0))
            .contains(row.get(2));
        assertThat(row.get(3)).as(row.get(0)).hasSizeGreaterThan(3);
      }
    }
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/bad-input.md"));
  }

  /** The cells of each line of the table, without its head. */
  private static List<List<String>> rows() throws IOException {
    return page()
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
        .toList();
  }

  private static List<String> words(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(BadInputPageTest::first).toList();
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }

  private static Stream<Path> sources(String folder) throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      List<Path> roots =
          modules.map(module -> module.resolve(folder)).filter(Files::isDirectory).toList();
      return roots.stream().flatMap(BadInputPageTest::javaFiles).toList().stream();
    }
  }

  private static Stream<Path> javaFiles(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
