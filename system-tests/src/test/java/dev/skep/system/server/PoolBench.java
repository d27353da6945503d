package dev.skep.system.server;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One pool with its owner and the connectors that joined it; everything is ended at close. */
public final class PoolBench implements AutoCloseable {

  private final RunningQueen queen;
  private final Path people;
  private final CommandLine owner;
  private final String pool;
  private final List<Process> connectors = new ArrayList<>();

  /** Lists a pool with the given program and configuration and waits until it is open. */
  public PoolBench(RunningQueen queen, String program, String config) throws IOException {
    this(queen, "job.py", Map.of("job.py", bytes(program), "pool.yml", bytes(config)));
  }

  /** Lists a pool out of {@code pool.yml}, the program of that name, and what lies beside them. */
  public PoolBench(RunningQueen queen, String program, Map<String, byte[]> files)
      throws IOException {
    this(queen, program, files, Map.of());
  }

  /** The same, with something more in its owner's environment. */
  public PoolBench(
      RunningQueen queen,
      String program,
      Map<String, byte[]> files,
      Map<String, String> environment)
      throws IOException {
    this.queen = queen;
    this.people = Files.createTempDirectory("people");
    this.owner = person("owner").with(environment);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = people.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    String yaml = people.resolve("pool.yml").toString();
    String job = people.resolve(program).toString();
    String[] create = {"pool", "new", "--config", yaml, "--job", job};
    this.pool = ((JsonObject) owner.json(create)).getString("id");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Where somebody's wallet and cache are. */
  public Path homeOf(String name) {
    return people.resolve(name);
  }

  public String pool() {
    return pool;
  }

  public CommandLine owner() {
    return owner;
  }

  public CommandLine person(String name) {
    return new CommandLine(people.resolve(name), queen.http());
  }

  /** The owner as a client. */
  public PoolClient client() {
    return clientOf("owner");
  }

  /** Somebody who signs in, as a client of the owner's pool. */
  public PoolClient clientOf(String name) {
    return clientWith(((JsonObject) person(name).json("wallet", "token")).getString("token"));
  }

  public PoolClient clientWith(String token) {
    return new PoolClient(queen.http(), pool, token);
  }

  /** A provider joins with so many slots; returns its process. */
  public Process join(String name, int slots) {
    return run(name, "pool", "join", pool, "-n", "" + slots);
  }

  /** Somebody starts a command that goes on until the end of the bench. */
  public Process run(String name, String... arguments) {
    Process process = person(name).start(arguments);
    connectors.add(process);
    return process;
  }

  public String addressOf(String name) {
    return ((JsonObject) person(name).json("wallet", "address")).getString("address");
  }

  public void awaitWarm(PoolClient client, int slots) {
    await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> warm(client) == slots);
  }

  private static long warm(PoolClient client) {
    return client.pool().getJsonArray("slots").getValuesAs(JsonObject.class).stream()
        .filter(slot -> slot.getString("state").equals("WARM"))
        .count();
  }

  @Override
  public void close() throws InterruptedException {
    connectors.forEach(Process::destroy);
    for (Process connector : connectors) {
      if (!connector.waitFor(30, TimeUnit.SECONDS)) {
        connector.destroyForcibly();
      }
    }
  }
}
