package dev.skep.provider.pool;

import dev.skep.protocol.data.DataSet;
import dev.skep.protocol.pool.Destination;
import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.PoolCheck;
import dev.skep.protocol.pool.ProgramRuntime;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads what a slot of the pool is made of: language, image, packages, limits, network. */
final class JobReader {
  static final List<String> RESOURCES =
      List.of("cpus", "memory", "pids", "tmp", "disk", "gpus", "vram");
  static final List<String> MODEL = List.of("name", "path", "sha256");
  static final List<String> DATA = List.of("name", "path");
  static final List<String> DEPENDENCIES = List.of("file", "wheels");
  static final List<String> CHECK = List.of("input", "output");
  private static final int MOST_SETS = 16;
  private static final long MIB = 1L << 20;

  private final YamlMap top;

  JobReader(YamlMap top) {
    this.top = top;
  }

  PoolConfig.Job read() {
    Optional<ProgramRuntime> runtime =
        top.has("runtime")
            ? Optional.of(top.required("runtime", ProgramRuntime::parse))
            : Optional.empty();
    return new PoolConfig.Job(
        runtime,
        top.has("image") ? Optional.of(top.required("image", JobReader::image)) : Optional.empty(),
        resources(),
        models(),
        data(),
        dependencies(runtime),
        network(),
        env(),
        secrets(),
        check());
  }

  private static String image(String text) {
    if (!text.matches(
        "[a-z][a-z0-9-]{0,31}|sha256:[0-9a-f]{64}|[a-z0-9][a-z0-9._/:-]{0,199}@sha256:[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "expected an alias such as python, name@sha256:<64 hex> or sha256:<64 hex>;"
              + " a tag is not taken, because it can be moved to other code");
    }
    return text;
  }

  private PoolConfig.Resources resources() {
    YamlMap map = top.map("resources", RESOURCES);
    long memory = map.value("memory", 256 * MIB, text -> Quantity.bytes(text, 24 * MIB, MIB * MIB));
    long tmp =
        map.value("tmp", Math.min(64 * MIB, memory), text -> Quantity.bytes(text, MIB, memory));
    int gpus = map.number("gpus", 0, 0, 16);
    if (gpus == 0 && map.has("vram")) {
      throw map.refuse("vram", "is the memory of a graphics card; say how many with gpus: 1");
    }
    return new PoolConfig.Resources(
        map.value("cpus", BigDecimal.ONE, Quantity::cpus),
        memory,
        map.number("pids", 128, 8, 4096),
        tmp,
        map.value("disk", 0L, text -> Quantity.bytes(text, 1, MIB * MIB)),
        gpus,
        map.value("vram", 0L, text -> Quantity.bytes(text, MIB, MIB * MIB)));
  }

  private List<PoolConfig.Model> models() {
    List<PoolConfig.Model> models =
        top.maps("models", MODEL).stream().map(JobReader::model).toList();
    checkNames("models", models.stream().map(PoolConfig.Model::name).toList());
    return models;
  }

  private static PoolConfig.Model model(YamlMap map) {
    String name = map.required("name", JobReader::model);
    String path = map.find("path").orElse("");
    String sha256 = map.value("sha256", "", DataSet::checkSha256);
    if (!path.isEmpty() && !sha256.isEmpty()) {
      throw map.refuse("sha256", "is for models that providers keep; path brings yours along");
    }
    return new PoolConfig.Model(name, path, sha256, map.place("path"));
  }

  private List<PoolConfig.Data> data() {
    List<PoolConfig.Data> data =
        top.maps("data", DATA).stream()
            .map(
                map ->
                    new PoolConfig.Data(
                        map.required("name", DataSet::checkName),
                        map.text("path"),
                        map.place("path")))
            .toList();
    checkNames("data", data.stream().map(PoolConfig.Data::name).toList());
    return data;
  }

  private void checkNames(String key, List<String> names) {
    if (names.size() > MOST_SETS) {
      throw top.refuse(key, "at most " + MOST_SETS + " entries");
    }
    if (names.stream().distinct().count() < names.size()) {
      throw top.refuse(key, "two entries have one name");
    }
  }

  private static String model(String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9][A-Za-z0-9._-]{0,95})?")) {
      throw new IllegalArgumentException("expected a hub name such as dslim/bert-base-NER");
    }
    return text;
  }

  private Optional<PoolConfig.Dependencies> dependencies(Optional<ProgramRuntime> runtime) {
    if (!top.has("dependencies")) {
      return Optional.empty();
    }
    boolean plain = !top.isMap("dependencies");
    YamlMap map = plain ? top : top.map("dependencies", DEPENDENCIES);
    String key = plain ? "dependencies" : "file";
    String file = map.text(key);
    Language kind = map.required(key, JobReader::kind);
    if (runtime.isPresent() && runtime.get().language() != kind) {
      throw map.refuse(key, "'" + file + "' does not fit runtime: " + runtime.get());
    }
    String wheels = plain ? "" : map.find("wheels").orElse("");
    if (kind == Language.NODE && !wheels.isEmpty()) {
      throw map.refuse("wheels", "are Python packages; package.json does not take them");
    }
    return Optional.of(new PoolConfig.Dependencies(kind, file, wheels, map.place(key)));
  }

  private static Language kind(String file) {
    if (file.endsWith(".txt")) {
      return Language.PYTHON;
    } else if (file.equals("package.json") || file.endsWith("/package.json")) {
      return Language.NODE;
    }
    throw new IllegalArgumentException("expected requirements.txt or package.json");
  }

  private NetworkPolicy network() {
    if (!top.has("network") || top.isText("network")) {
      top.oneOf("network", "none", "none");
      return NetworkPolicy.NONE;
    }
    return top.checked(
        "network", () -> new NetworkPolicy(top.texts("network", Destination::parse)));
  }

  private List<String> secrets() {
    if (!top.has("secrets")) {
      return List.of();
    }
    List<String> names = top.texts("secrets", JobVariables::checkName);
    for (String name : names) {
      if (env().values().containsKey(name)) {
        throw top.refuse("secrets", "'" + name + "' is a variable of env already");
      }
    }
    return names;
  }

  private Optional<PoolCheck> check() {
    if (!top.has("check")) {
      return Optional.empty();
    }
    YamlMap map = top.map("check", CHECK);
    String input = map.required("input", text -> text);
    String output = map.required("output", text -> text);
    return Optional.of(top.checked("check", () -> new PoolCheck(input, output)));
  }

  private JobVariables env() {
    return top.checked(
        "env",
        () ->
            new JobVariables(
                top.entries("env", JobVariables::checkName, JobVariables::checkValue)));
  }
}
