package dev.skep.system.example;

import static org.awaitility.Awaitility.await;

import dev.skep.system.server.RunningQueen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody at a shell who types a page's lines word by word. What the page calls POOL_ID is the
 * pool that was listed last; a line that joins it goes on in the background, as in a second
 * terminal, and the reader waits until its slot is warm. With {@code SKEP_HOME=} before it the line
 * is somebody else's, who joins besides.
 */
final class Terminal implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String END = "\u0001";
  private static final Pattern LISTED = Pattern.compile("^pool (\\S+) is open$", Pattern.MULTILINE);
  private static final Pattern JOIN =
      Pattern.compile("(SKEP_HOME=\\S+ )?(script|skep) (pool join|join pool) .*");
  private static final Pattern SLOT = Pattern.compile("\"state\"\\s*:\\s*\"(WARM|FAILED)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI queen;
  private final Path errors;
  private final Process shell;
  private final BufferedReader out;
  private String pool = "";

  /** Opens a shell in a folder, with a wallet of its own. */
  Terminal(RunningQueen queen, Path folder, Path skepHome) throws IOException {
    this.queen = queen.http();
    this.errors = Files.createTempFile("terminal", ".err");
    ProcessBuilder bash = new ProcessBuilder("bash", "--norc", "--noprofile");
    bash.directory(folder.toFile()).redirectError(errors.toFile());
    bash.environment()
        .putAll(
            Map.of(
                "MNEMONIC",
                "",
                "SKEP_HOME",
                skepHome.toString(),
                "SKEP_QUEEN",
                this.queen.toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1"));
    this.shell = bash.start();
    this.out = shell.inputReader();
  }

  /** Types one line; what it prints. A line that fails fails the test. */
  String type(String line) {
    String now = line.replace("POOL_ID", pool);
    Matcher join = JOIN.matcher(now);
    if (join.matches()) {
      join(now, join.group(1) != null);
      return "";
    }
    String printed = send(now);
    Matcher listed = LISTED.matcher(printed);
    pool = listed.find() ? listed.group(1) : pool;
    return printed;
  }

  private void join(String line, boolean besides) {
    if (!besides) {
      send("[ -z \"${!:-}\" ] || { kill $!; wait $! || true; }"); // Ctrl-C in the second terminal
    }
    long before = warmSlots();
    send(line + " >&2 &");
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> warmSlots() > before);
  }

  private String send(String line) {
    try {
      shell.outputWriter().write("{ " + line + "\n} </dev/null; printf '\\001%d\\n' $?\n");
      shell.outputWriter().flush();
      String[] told =
          CompletableFuture.supplyAsync(this::untilEnd)
              .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
              .join()
              .split(END, 2);
      if (told.length < 2 || !told[1].equals("0")) {
        throw new AssertionError(line + "\n" + told[0] + "\n" + complaints());
      }
      return told[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String untilEnd() {
    StringBuilder told = new StringBuilder();
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        told.append(line);
        if (line.contains(END)) {
          break;
        }
        told.append('\n');
      }
      return told.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long warmSlots() {
    List<String> states =
        SLOT.matcher(shownPool()).results().map(result -> result.group(1)).toList();
    if (states.contains("FAILED")) {
      throw new AssertionError("a slot failed\n" + complaints());
    }
    return states.size();
  }

  private String shownPool() {
    URI shown = queen.resolve("/api/pools/" + pool);
    HttpRequest request = HttpRequest.newBuilder(shown).timeout(LIMIT).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
  }

  private String complaints() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what still runs in the background, as Ctrl-C does, and sees it end. */
  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> running = shell.descendants().toList();
    running.forEach(ProcessHandle::destroy);
    shell.destroy();
    if (!shell.waitFor(30, TimeUnit.SECONDS)) {
      shell.destroyForcibly();
    }
    CompletableFuture.allOf(
            running.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .orTimeout(1, TimeUnit.MINUTES)
        .join();
  }
}
