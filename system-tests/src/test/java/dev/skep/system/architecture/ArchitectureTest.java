package dev.skep.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule of {@link Arrows} and {@link Entities} holds in the code, and every one is proven able
 * to fail.
 */
class ArchitectureTest {

  private static final JavaClasses CODE = Modules.classes();
  private static final Map<String, ArchRule> RULES = rules();

  static Stream<String> names() {
    return RULES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldHoldInTheCode(String name) {
    RULES.get(name).allowEmptyShould(true).check(CODE);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldFailWhenAViolationIsPlanted(String name) {
    JavaClasses violation = Planted.violation(PlantedViolations.of(name));

    assertThat(RULES.get(name).evaluate(violation).hasViolation()).as(name).isTrue();
  }

  @Test
  void shouldReadEveryModule() {
    assertThat(CODE.stream().map(c -> c.getPackageName().split("\\.")[2]).distinct())
        .contains("protocol", "chain", "persistence", "broker", "king", "queen", "provider");
  }

  private static Map<String, ArchRule> rules() {
    Map<String, ArchRule> rules = new TreeMap<>();
    Stream.of(Arrows.class, Entities.class)
        .flatMap(owner -> Stream.of(owner.getDeclaredFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getType() == ArchRule.class)
        .forEach(field -> rules.put(field.getName(), read(field)));
    return rules;
  }

  private static ArchRule read(Field field) {
    try {
      return (ArchRule) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
