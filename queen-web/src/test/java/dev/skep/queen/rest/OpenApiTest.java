package dev.skep.queen.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The description and the code name the same operations, and the description points at nothing
 * absent.
 */
class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final Map<String, Object> DOCUMENT = document();

  @Test
  void shouldDescribeEveryMethodOfTheCode() {
    assertThat(described("x-served-by")).containsAll(coded());
  }

  @Test
  void shouldDescribeNothingThatIsNotInTheCode() {
    assertThat(coded()).containsAll(described("x-served-by", "x-pending"));
  }

  @Test
  void shouldGiveEveryOperationAnIdOfItsOwnAndAnAnswer() {
    List<String> ids = new ArrayList<>();
    operations((path, method, operation) -> ids.add(String.valueOf(operation.get("operationId"))));
    assertThat(ids).doesNotHaveDuplicates().doesNotContain("null").hasSizeGreaterThan(20);
    operations(
        (path, method, operation) ->
            assertThat(map(operation, "responses")).as(method + path).isNotEmpty());
  }

  @Test
  void shouldPointOnlyAtWhatIsThere() {
    Set<String> references = new TreeSet<>();
    collect(DOCUMENT, references);
    assertThat(references).isNotEmpty().allSatisfy(ref -> assertThat(find(ref)).isPresent());
  }

  @Test
  void shouldSayWhoMayCallEveryMethodInOurOwnWords() {
    assertThat(classes().flatMap(type -> Stream.of(type.getAnnotations(), methodAnnotations(type))))
        .flatMap(List::of)
        .noneMatch(annotation -> annotation.toString().contains("annotation.security"));
  }

  private static Annotation[] methodAnnotations(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .flatMap(method -> Stream.of(method.getAnnotations()))
        .toArray(Annotation[]::new);
  }

  private interface Visit {
    void operation(String path, String method, Map<String, Object> operation);
  }

  private static void operations(Visit visit) {
    map(DOCUMENT, "paths")
        .forEach(
            (path, item) ->
                cast(item).entrySet().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .forEach(e -> visit.operation(path, e.getKey(), cast(e.getValue()))));
  }

  private static Set<String> described(String... without) {
    Set<String> found = new TreeSet<>();
    operations(
        (path, method, operation) -> {
          if (Stream.of(without).noneMatch(operation::containsKey)) {
            found.add(line(method, path));
          }
        });
    return found;
  }

  private static Set<String> coded() {
    return classes()
        .filter(type -> type.isAnnotationPresent(Path.class))
        .flatMap(type -> Stream.of(type.getDeclaredMethods()).flatMap(m -> line(type, m).stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Optional<String> line(Class<?> type, Method method) {
    String path = type.getAnnotation(Path.class).value();
    Path own = method.getAnnotation(Path.class);
    String whole = own == null ? path : path + "/" + own.value();
    return Stream.of(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(annotation -> annotation.isAnnotationPresent(HttpMethod.class))
        .map(annotation -> line(annotation.getSimpleName(), whole))
        .findFirst();
  }

  /** The names of path parameters do not matter, nor does how slashes were put together. */
  private static String line(String method, String path) {
    String plain = ("/" + path).replaceAll("/+", "/").replaceAll("\\{[^}]*}", "{}");
    return method.toUpperCase(java.util.Locale.ROOT) + " " + plain.replaceAll("(.)/$", "$1");
  }

  private static Stream<Class<?>> classes() {
    try {
      java.nio.file.Path root =
          java.nio.file.Path.of(
              QueenApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<java.nio.file.Path> files;
      try (Stream<java.nio.file.Path> all = Files.walk(root)) {
        files = all.filter(file -> file.toString().endsWith("Resource.class")).toList();
      }
      return files.stream().map(file -> load(root.relativize(file).toString()));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      return Class.forName(name, false, OpenApiTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void collect(Object node, Set<String> references) {
    if (node instanceof Map<?, ?> object) {
      if (object.get("$ref") instanceof String reference) {
        references.add(reference);
      }
      object.values().forEach(value -> collect(value, references));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> collect(value, references));
    }
  }

  private static Optional<Object> find(String reference) {
    Object node = DOCUMENT;
    for (String key : reference.substring("#/".length()).split("/")) {
      node = node instanceof Map<?, ?> object ? object.get(key) : null;
    }
    return Optional.ofNullable(node);
  }

  private static Map<String, Object> document() {
    try (var in = QueenApplication.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      return cast(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> map(Map<String, Object> parent, String key) {
    return cast(parent.get(key));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Object value) {
    return (Map<String, Object>) value;
  }
}
