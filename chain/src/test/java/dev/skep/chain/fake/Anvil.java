package dev.skep.chain.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real EVM node in a child process, from npm's anvil package. It listens on a free loopback port,
 * mines each transaction at once and forgets everything at its end.
 */
public final class Anvil implements AutoCloseable {
  private static final String LISTENING = "Listening on ";

  private final Process process;
  private final String url;

  private Anvil(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  public static Anvil start() {
    List<String> command = new ArrayList<>(List.of(binary().toString(), "--host", "127.0.0.1"));
    command.addAll(List.of("--port", "0", "--chain-id", "31337", "--mnemonic", ChainLab.MNEMONIC));
    command.addAll(List.of("--max-persisted-states", "0", "--slots-in-an-epoch", "2"));
    command.addAll(List.of("--enable-tx-gas-limit", "--gas-limit", "30000000"));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new Anvil(process, "http://" + address(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return url;
  }

  /** Sends a request that only anvil knows; parameters are JSON. */
  public void control(String method, String parameters) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
            + method
            + "\",\"params\":["
            + parameters
            + "]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      String answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
      if (answer.contains("\"error\"")) {
        throw new IllegalStateException(method + ": " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String address(Process process) throws IOException {
    BufferedReader log = new BufferedReader(process.inputReader(UTF_8));
    StringBuilder seen = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.startsWith(LISTENING)) {
        drain(log);
        return line.substring(LISTENING.length()).strip();
      }
      seen.append(line).append('\n');
    }
    throw new IllegalStateException("anvil did not start:\n" + seen);
  }

  /** A full pipe would stop it. */
  private static void drain(BufferedReader log) {
    Thread reader = new Thread(() -> log.lines().forEach(line -> {}), "anvil-log");
    reader.setDaemon(true);
    reader.start();
  }

  private static Path binary() {
    String given = System.getenv("ANVIL_BIN");
    if (given != null && !given.isBlank()) {
      return Path.of(given);
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path packages = up.resolve("contracts/node_modules/@foundry-rs");
      if (Files.isDirectory(packages)) {
        return binary(packages);
      }
    }
    throw new IllegalStateException("no anvil: run npm ci in contracts/, or set ANVIL_BIN");
  }

  private static Path binary(Path packages) {
    try (Stream<Path> found = Files.list(packages)) {
      return found
          .map(each -> each.resolve("bin/anvil"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException("no anvil for this platform in " + packages));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
