package dev.skep.system.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The compiled production classes of every module, read from the modules' own output folders; only
 * ours, since payara-config's also holds the broker's classes while it is compiled.
 */
final class Modules {

  private static final List<String> NAMES =
      List.of(
          "protocol",
          "chain",
          "persistence",
          "payara-config",
          "king-ejb",
          "queen-web",
          "provider-connector");

  private Modules() {}

  static JavaClasses classes() {
    return new ClassFileImporter().importPaths(NAMES.stream().map(Modules::output).toList());
  }

  private static Path output(String module) {
    Path classes = Path.of("..", module, "target", "classes", "dev", "skep");
    if (!Files.isDirectory(classes)) {
      throw new IllegalStateException(
          classes + " is missing: run the whole reactor, mvn -pl system-tests -am");
    }
    return classes;
  }
}
