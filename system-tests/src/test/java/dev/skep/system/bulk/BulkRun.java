package dev.skep.system.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.system.server.PoolBench;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code skep pool run} over a file of numbers, started as often as it is killed. */
final class BulkRun {
  private final PoolBench bench;
  private final Path inputs;
  private final Path output;

  private BulkRun(PoolBench bench, Path inputs, Path output) {
    this.bench = bench;
    this.inputs = inputs;
    this.output = output;
  }

  static Path inputs(Path folder, int lines) throws IOException {
    Path file = folder.resolve("in.jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int n = 0; n < lines; n++) {
        out.write("{\"n\":" + n + ",\"text\":\"line " + n + "\"}\n");
      }
    }
    return file;
  }

  static BulkRun of(PoolBench bench, Path inputs, String name) {
    return new BulkRun(bench, inputs, inputs.resolveSibling(name + ".jsonl"));
  }

  /** Starts or resumes the run. */
  Process start() {
    return bench.run(
        "owner",
        "pool",
        "run",
        bench.pool(),
        "--inputs",
        inputs.toString(),
        "--output",
        output.toString());
  }

  /** Kills the program itself: the shell that started it has become it. */
  static void kill(Process client) throws InterruptedException {
    client.destroyForcibly();
    assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  void finish(Process client, int minutes) throws InterruptedException {
    assertThat(client.waitFor(minutes, TimeUnit.MINUTES)).as("the run ends").isTrue();
    assertThat(client.exitValue()).as("every line has an output").isZero();
    assertThat(Files.exists(output)).isTrue();
  }

  /** Lines that are in the output for good, whether the run is over or not. */
  long written() throws IOException {
    Path part = output.resolveSibling(output.getFileName() + ".part");
    Path there = Files.exists(part) ? part : output;
    if (!Files.exists(there)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(there)) {
      return lines.count();
    }
  }

  byte[] output() throws IOException {
    return Files.readAllBytes(output);
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(output);
  }
}
