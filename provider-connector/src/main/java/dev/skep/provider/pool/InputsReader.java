package dev.skep.provider.pool;

import java.util.List;
import java.util.Optional;

/** Reads the inputs of a finite pool: {@code {file: in.jsonl}} or {@code {range: [0, 1000]}}. */
final class InputsReader {
  static final List<String> KEYS = List.of("file", "range");

  /** As many lines or numbers as one finite pool may have. */
  static final int MOST = 10_000_000;

  private InputsReader() {}

  static Optional<PoolConfig.Inputs> read(YamlMap top) {
    if (!top.has("inputs")) {
      return Optional.empty();
    }
    YamlMap map = top.map("inputs", KEYS);
    if (map.has("file") == map.has("range")) {
      throw top.refuse("inputs", "needs either file or range");
    }
    return Optional.of(
        map.has("file") ? new PoolConfig.Inputs(map.text("file"), 0, 0) : range(map));
  }

  private static PoolConfig.Inputs range(YamlMap map) {
    List<Integer> bounds =
        map.texts("range", text -> Quantity.number(text, -999_999_999, 999_999_999));
    if (bounds.size() != 2 || bounds.get(0) >= bounds.get(1)) {
      throw map.refuse("range", "expected [first, one past the last], for example [0, 1000]");
    }
    if ((long) bounds.get(1) - bounds.get(0) > MOST) {
      throw map.refuse("range", "at most " + MOST + " inputs");
    }
    return new PoolConfig.Inputs("", bounds.get(0), bounds.get(1));
  }
}
