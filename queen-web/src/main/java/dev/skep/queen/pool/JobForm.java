package dev.skep.queen.pool;

import dev.skep.protocol.data.DataManifest;
import dev.skep.protocol.data.DataSet;
import dev.skep.protocol.pool.DependencyLock;
import dev.skep.protocol.pool.Destination;
import dev.skep.protocol.pool.JobVariables;
import dev.skep.protocol.pool.Language;
import dev.skep.protocol.pool.NetworkPolicy;
import dev.skep.protocol.pool.PoolCheck;
import dev.skep.protocol.pool.ProgramRuntime;
import dev.skep.queen.pool.PoolSpec.Data;
import dev.skep.queen.pool.PoolSpec.Model;
import dev.skep.queen.pool.PoolSpec.Resources;
import dev.skep.queen.rest.Members;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a slot of the pool is made of from what an owner sent. */
final class JobForm {
  private static final Pattern IMAGE =
      Pattern.compile(
          "[a-z][a-z0-9-]{0,31}"
              + "|[a-z0-9][a-z0-9._/:-]{0,199}@sha256:[0-9a-f]{64}"
              + "|sha256:[0-9a-f]{64}");
  private static final Pattern MODEL =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9][A-Za-z0-9._-]{0,95})?");
  private static final long MEBIBYTE = 1024L * 1024;
  private static final long TEBIBYTE = MEBIBYTE * MEBIBYTE;
  private static final int MOST_SETS = 16;
  private static final String NO_HASH = "0".repeat(64);

  private final Members members;

  JobForm(Members spec) {
    this.members = spec;
  }

  PoolSpec.Job read() {
    return new PoolSpec.Job(
        runtime(),
        image(),
        resources(
            members.object("resources", "cpus", "memory", "pids", "tmp", "disk", "gpus", "vram")),
        models(),
        data(),
        network(),
        env(),
        secretNames(),
        dependencies(),
        members.whole("check", PoolCheck::read).orElse(null));
  }

  private ProgramRuntime runtime() {
    Members runtime = members.object("runtime", "language", "version");
    Language language = runtime.read("language", Language.PYTHON, Language::parse);
    ProgramRuntime otherwise = ProgramRuntime.of(language);
    return runtime.read("version", otherwise, text -> new ProgramRuntime(language, text));
  }

  private String image() {
    String image = members.text("image", 1, 300);
    if (!image.isEmpty() && !IMAGE.matcher(image).matches()) {
      members.wrong("image", "must be an alias, name@sha256:digest or sha256:id");
    }
    return image;
  }

  private static Resources resources(Members members) {
    long memory = members.number("memory", 256 * MEBIBYTE, 24 * MEBIBYTE, TEBIBYTE);
    return new Resources(
        members.decimal("cpus", BigDecimal.ONE, new BigDecimal("0.1"), new BigDecimal("64")),
        memory,
        (int) members.number("pids", 128, 8, 4096),
        members.number("tmp", Math.min(64 * MEBIBYTE, memory), MEBIBYTE, memory),
        needs(members));
  }

  private static PoolSpec.Needs needs(Members members) {
    int gpus = (int) members.number("gpus", 0, 0, 16);
    long vram = members.number("vram", 0, 0, TEBIBYTE);
    if (vram > 0 && gpus == 0) {
      members.wrong("vram", "is the memory of a graphics card: say how many with gpus");
    }
    return new PoolSpec.Needs(members.number("disk", 0, 0, TEBIBYTE), gpus, vram);
  }

  private List<Model> models() {
    List<Model> models =
        members.objects("models", MOST_SETS, "name", "sha256", "files", "bytes").stream()
            .map(this::model)
            .toList();
    checkNames("models", models.stream().map(Model::name).toList());
    return models;
  }

  private void checkNames(String member, List<String> names) {
    if (names.stream().distinct().count() < names.size()) {
      members.wrong(member, "must not have a name twice");
    }
  }

  private Model model(Members model) {
    String name = model.text("name", 1, 193);
    if (!name.isEmpty() && !MODEL.matcher(name).matches()) {
      model.wrong("name", "must look like owner/model");
    }
    if (model.has("files") || model.has("bytes")) {
      return new Model(name, set(model), null);
    }
    return new Model(
        name,
        null,
        model.has("sha256") ? model.read("sha256", NO_HASH, DataSet::checkSha256) : null);
  }

  private List<Data> data() {
    List<Data> data =
        members.objects("data", MOST_SETS, "name", "sha256", "files", "bytes").stream()
            .map(each -> new Data(dataName(each), set(each)))
            .toList();
    checkNames("data", data.stream().map(Data::name).toList());
    return data;
  }

  private static String dataName(Members data) {
    String name = data.text("name", 1, 64);
    return data.read("name", name, DataSet::checkName);
  }

  private static DataSet set(Members members) {
    String sha256 = members.read("sha256", NO_HASH, DataSet::checkSha256);
    long files = members.number("files", 0, 1, DataManifest.MOST_FILES);
    long bytes = members.number("bytes", -1, 0, DataManifest.MOST_BYTES);
    if (sha256.equals(NO_HASH) || files < 1 || bytes < 0) {
      members.wrong("sha256", "of the list of files must be there, with files and bytes");
      return new DataSet(NO_HASH, 1, 0);
    }
    return new DataSet(sha256, (int) files, bytes);
  }

  private NetworkPolicy network() {
    Members network = members.object("network", "allow");
    List<Destination> allow = network.texts("allow", NetworkPolicy.MOST, Destination::parse);
    return new NetworkPolicy(allow);
  }

  private List<String> secretNames() {
    List<String> names =
        members.texts("secrets", JobVariables.MOST, JobVariables::checkName).stream()
            .distinct()
            .sorted()
            .toList();
    if (names.stream().anyMatch(env().values()::containsKey)) {
      members.wrong("secrets", "must not have a name that env has");
    }
    return names;
  }

  /** The values of secrets; a finding tells names at most. */
  static JobVariables secrets(Members request) {
    return request.whole("secrets", JobForm::variables).orElse(JobVariables.NONE);
  }

  private JobVariables env() {
    return members.whole("env", JobForm::variables).orElse(JobVariables.NONE);
  }

  private static JobVariables variables(JsonObject json) {
    Map<String, String> values = new TreeMap<>();
    json.forEach(
        (name, value) -> {
          if (!(value instanceof JsonString text)) {
            throw new IllegalArgumentException("every value must be a text");
          }
          values.put(name, text.getString());
        });
    return new JobVariables(values);
  }

  private @Nullable DependencyLock dependencies() {
    return members.whole("dependencies", DependencyLock::read).orElse(null);
  }
}
