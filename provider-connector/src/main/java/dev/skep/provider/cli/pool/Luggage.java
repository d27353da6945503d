package dev.skep.provider.cli.pool;

import dev.skep.provider.data.OwnSets;
import dev.skep.provider.dependency.Resolved;
import dev.skep.provider.queen.PoolFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files that travel with a new pool.
 *
 * @param scratch where lists of data sets are written
 */
record Luggage(Optional<Resolved> packages, OwnSets sets, Path scratch) {

  /** Brings them to the queen; she takes the contents of a set once she has its list. */
  void bring(PoolFiles queen, DataTale tale) {
    Map<String, Path> named = new HashMap<>(sets.lists(scratch));
    packages.ifPresent(found -> named.putAll(found.uploads()));
    if (!named.isEmpty()) {
      queen.putAll(named, bytes -> {});
    }
    Map<String, Path> contents = sets.contents();
    if (!contents.isEmpty()) {
      queen.putAll(contents, tale.bringing(size(contents)));
    }
  }

  private static long size(Map<String, Path> files) {
    return files.values().stream().mapToLong(Luggage::size).sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
