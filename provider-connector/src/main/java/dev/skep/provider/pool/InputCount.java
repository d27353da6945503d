package dev.skep.provider.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Counts what a finite pool will work through, without keeping any of it. */
public final class InputCount {
  private InputCount() {}

  /** Lines that are not blank, or the numbers of a range; {@code folder} is where the config is. */
  public static OptionalInt of(Optional<PoolConfig.Inputs> inputs, Path folder) {
    if (inputs.isEmpty()) {
      return OptionalInt.empty();
    }
    PoolConfig.Inputs given = inputs.get();
    return OptionalInt.of(
        given.file().isEmpty()
            ? (int) (given.before() - given.from())
            : lines(folder.resolve(given.file())));
  }

  private static int lines(Path file) {
    int count = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        count += line.isBlank() ? 0 : 1;
        if (count > InputsReader.MOST) {
          throw YamlTree.invalid(
              "inputs: " + file + " has more than " + InputsReader.MOST + " lines");
        }
      }
    } catch (IOException e) {
      throw YamlTree.invalid("inputs: cannot read " + file + " as UTF-8 text").causedBy(e);
    }
    if (count == 0) {
      throw YamlTree.invalid("inputs: " + file + " has no line");
    }
    return count;
  }
}
