package dev.skep.provider.hardware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the driver's own tool for the graphics processors; a machine without it has none. */
final class NvidiaSmi {
  private static final List<String> COMMAND =
      List.of(
          "nvidia-smi",
          "--query-gpu=name,memory.total,driver_version",
          "--format=csv,noheader,nounits");
  private static final int MOST_OUTPUT = 64 * 1024;
  private static final long SECONDS = 10;

  private NvidiaSmi() {}

  static List<Hardware.Gpu> list() {
    try {
      Process process = new ProcessBuilder(COMMAND).redirectErrorStream(true).start();
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? parse(text) : List.of();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** Lines of {@code name, MiB, driver}. */
  static List<Hardware.Gpu> parse(String text) {
    return text.lines().map(NvidiaSmi::gpu).flatMap(Optional::stream).toList();
  }

  private static Optional<Hardware.Gpu> gpu(String line) {
    String[] cells = line.split("\\s*,\\s*");
    if (cells.length != 3 || !cells[1].matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Hardware.Gpu(cells[0].strip(), Long.parseLong(cells[1]) << 20, cells[2].strip()));
  }
}
