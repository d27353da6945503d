package dev.skep.provider.hardware;

import dev.skep.protocol.SkepException;
import dev.skep.provider.queen.QueenApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures a machine by using it: each part for a given time at most, so that all of it takes four
 * times as long whatever the machine.
 *
 * @param folder on the disk that jobs' data would lie on
 * @param each how long each part may take
 * @param tell is told which part begins
 */
public record Benchmark(Path folder, Duration each, Consumer<String> tell) {
  private static final double SECOND = 1e9;
  private static final int NUMBERS = 1024;
  private static final int COPIED = 16 << 20;
  private static final int BLOCK = 4 << 20;
  private static final long MOST_DISK = 256L << 20;
  private static final int QUESTIONS = 5;

  public Speeds measure(QueenApi queen) {
    tell.accept("measuring processors");
    double gigaflops = processors(Runtime.getRuntime().availableProcessors());
    tell.accept("measuring memory");
    double memory = memory();
    tell.accept("measuring the disk of " + folder);
    double[] disk = disk();
    tell.accept("measuring the way to the queen");
    return new Speeds(gigaflops, memory, disk[0], disk[1], network(queen));
  }

  private double processors(int threads) {
    ExecutorService all = Executors.newFixedThreadPool(threads);
    try {
      List<CompletableFuture<Double>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(CompletableFuture.supplyAsync(this::flops, all));
      }
      return parts.stream().mapToDouble(CompletableFuture::join).sum() / 1e9;
    } finally {
      all.shutdown();
    }
  }

  /** Numbers that stay near one, so that no operation is a special case. */
  private double flops() {
    double[] numbers = new double[NUMBERS];
    Arrays.fill(numbers, 1.0);
    double rate = rate(() -> step(numbers));
    if (Double.isNaN(numbers[NUMBERS / 2])) {
      throw new IllegalStateException("the processor cannot multiply");
    }
    return rate;
  }

  private static long step(double[] numbers) {
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < NUMBERS; i++) {
        numbers[i] = numbers[i] * 0.999999 + 0.000001;
      }
    }
    return 2L * 200 * NUMBERS;
  }

  private double memory() {
    byte[] from = new byte[COPIED];
    byte[] to = new byte[COPIED];
    return rate(
        () -> {
          System.arraycopy(from, 0, to, 0, COPIED);
          return COPIED;
        });
  }

  /** How much one step does in a second; the first tenth of the time only warms up. */
  private double rate(LongSupplier step) {
    until(each.toNanos() / 10, step);
    long start = System.nanoTime();
    long done = until(each.toNanos() * 9 / 10, step);
    return done * SECOND / (System.nanoTime() - start);
  }

  private static long until(long nanos, LongSupplier step) {
    long end = System.nanoTime() + nanos;
    long done = 0;
    do {
      done += step.getAsLong();
    } while (System.nanoTime() < end);
    return done;
  }

  /** Bytes a second of writing and of reading. */
  private double[] disk() {
    try {
      Path file = Files.createTempFile(Files.createDirectories(folder), "measure", ".bin");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
        return new double[] {write(channel), read(channel)};
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot measure the disk of " + folder, e);
    }
  }

  private double write(FileChannel channel) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    long start = System.nanoTime();
    long end = start + each.toNanos();
    long written = 0;
    do {
      block.clear();
      written += channel.write(block);
      channel.force(false);
    } while (System.nanoTime() < end && written < MOST_DISK);
    return written * SECOND / (System.nanoTime() - start);
  }

  private static double read(FileChannel channel) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    channel.position(0);
    long start = System.nanoTime();
    long bytes = 0;
    for (int read = channel.read(block); read >= 0; read = channel.read(block)) {
      bytes += read;
      block.clear();
    }
    return bytes * SECOND / (System.nanoTime() - start);
  }

  private Optional<Speeds.Network> network(QueenApi queen) {
    try {
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < QUESTIONS; i++) {
        long start = System.nanoTime();
        queen.get("/api/queen");
        times.add(System.nanoTime() - start);
      }
      times.sort(null);
      return Optional.of(new Speeds.Network(times.get(QUESTIONS / 2) / 1e6, down(queen)));
    } catch (SkepException | IOException e) {
      tell.accept("the way to the queen was not measured: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The connector's own download is the largest thing every queen has; a part of it will do. */
  private double down(QueenApi queen) throws IOException {
    long start = System.nanoTime();
    long bytes = 0;
    try (InputStream in = queen.open("/api/connector/download", 0).body()) {
      byte[] buffer = new byte[1 << 16];
      long end = start + each.toNanos();
      for (int read = in.read(buffer); read >= 0 && System.nanoTime() < end; ) {
        bytes += read;
        read = in.read(buffer);
      }
    }
    return bytes * SECOND / (System.nanoTime() - start);
  }
}
