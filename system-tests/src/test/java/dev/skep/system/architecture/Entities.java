package dev.skep.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Version;
import java.util.function.Predicate;

/** What an entity looks like (docs/adr/0020). */
final class Entities {

  private Entities() {}

  static final ArchRule ENTITIES_LIVE_IN_PERSISTENCE =
      classes()
          .that(areMapped())
          .should()
          .resideInAPackage("dev.skep.persistence..")
          .because("rows belong to no feature of the queen or the king");

  static final ArchRule ENTITIES_HAVE_A_VERSION =
      classes()
          .that()
          .areAnnotatedWith(Entity.class)
          .should(
              have(
                  "a @Version field",
                  type ->
                      type.getFields().stream().anyMatch(f -> f.isAnnotatedWith(Version.class))))
          .because("two who edit a row must not overwrite each other unseen");

  static final ArchRule ENTITIES_ARE_MADE_WHOLE =
      classes()
          .that(areMapped())
          .should(have("a protected constructor without arguments", Entities::isMadeWhole))
          .because("only the mapper may make an empty one");

  static final ArchRule ENTITIES_HAVE_NO_PUBLIC_SETTERS =
      methods()
          .that()
          .areDeclaredInClassesThat(areMapped())
          .and()
          .arePublic()
          .should()
          .notHaveRawReturnType(void.class)
          .because("a state changes along its table, inside the package");

  static final ArchRule ENUMS_ARE_WRITTEN_AS_WORDS =
      fields()
          .that()
          .areDeclaredInClassesThat(areMapped())
          .and()
          .haveRawType(JavaClass.Predicates.assignableTo(Enum.class))
          .should(
              new ArchCondition<>("be written as words") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                  events.add(
                      new SimpleConditionEvent(field, isWord(field), field.getDescription()));
                }
              })
          .because("a number in a column means nothing once the enum is sorted anew");

  private static DescribedPredicate<JavaClass> areMapped() {
    return DescribedPredicate.describe(
        "are mapped",
        type -> type.isAnnotatedWith(Entity.class) || type.isAnnotatedWith(Embeddable.class));
  }

  private static boolean isMadeWhole(JavaClass type) {
    return type.getConstructors().stream()
        .filter(constructor -> constructor.getRawParameterTypes().isEmpty())
        .map(JavaConstructor::getModifiers)
        .anyMatch(modifiers -> modifiers.contains(JavaModifier.PROTECTED));
  }

  private static boolean isWord(JavaField field) {
    return field
        .tryGetAnnotationOfType(Enumerated.class)
        .map(enumerated -> enumerated.value() == EnumType.STRING)
        .orElse(false);
  }

  private static ArchCondition<JavaClass> have(String what, Predicate<JavaClass> test) {
    return new ArchCondition<>("have " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(type, test.test(type), type.getName() + " needs " + what));
      }
    };
  }
}
