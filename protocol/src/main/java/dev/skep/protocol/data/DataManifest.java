package dev.skep.protocol.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The list of a data set's files, in the order of their paths. Its bytes are one line per file,
 * {@code SHA256 SIZE PATH}; there is one way to write a list, so their hash names the set.
 */
public record DataManifest(List<DataFile> files) {
  /** The most files of one set. */
  public static final int MOST_FILES = 10_000;

  /** The most bytes of all its files together. */
  public static final long MOST_BYTES = 2L << 30;

  /** The most bytes of the list itself. */
  public static final int MOST_TEXT = 4 << 20;

  public DataManifest {
    files = files.stream().sorted(Comparator.comparing(DataFile::path)).toList();
    if (files.isEmpty() || files.size() > MOST_FILES) {
      throw new IllegalArgumentException("a data set has 1 to " + MOST_FILES + " files");
    }
    long bytes = 0; // cannot overflow: each is at most MOST_BYTES
    for (DataFile file : files) {
      bytes += file.size();
    }
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException("a data set has at most " + MOST_BYTES + " bytes");
    }
    new DataPaths().addAll(files);
  }

  /** The bytes of all files together. */
  public long size() {
    return files.stream().mapToLong(DataFile::size).sum();
  }

  /** The list's bytes, UTF-8. */
  public byte[] bytes() {
    StringBuilder text = new StringBuilder();
    for (DataFile file : files) {
      text.append(file.sha256()).append(' ').append(file.size());
      text.append(' ').append(file.path()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The set's identity: the same files at the same paths have the same one. */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public DataSet set() {
    return new DataSet(sha256(), files.size(), size());
  }

  /** Reads {@link #bytes()} and nothing else; what differs is an IllegalArgumentException. */
  public static DataManifest read(byte[] bytes) {
    if (bytes.length > MOST_TEXT) {
      throw new IllegalArgumentException("the list is longer than " + MOST_TEXT + " bytes");
    }
    DataManifest read = new DataManifest(lines(text(bytes)));
    if (!Arrays.equals(bytes, read.bytes())) {
      throw new IllegalArgumentException("the list is not written as it should be");
    }
    return read;
  }

  private static List<DataFile> lines(String text) {
    List<DataFile> files = new ArrayList<>();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (files.size() == MOST_FILES) {
        throw new IllegalArgumentException("a data set has 1 to " + MOST_FILES + " files");
      }
      String[] parts = line.split(" ", 3);
      if (parts.length < 3 || !parts[1].matches("[0-9]{1,12}")) {
        throw new IllegalArgumentException("a line of the list is SHA256 SIZE PATH");
      }
      files.add(new DataFile(parts[2], Long.parseLong(parts[1]), parts[0]));
    }
    return files;
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the list is not UTF-8 text", e);
    }
  }
}
