package dev.skep.provider.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * What one slot's container sees of this machine, all of it read-only: {@code run/} with the socket
 * and the token, {@code job/} with the program, {@code models/} with the hub cache's skeleton.
 *
 * <p>The container's user must pass, so the folders are open to all; they lie in a parent that only
 * the connector's user may enter. Docker mounts the children, past the parent.
 */
public final class SlotFolder implements AutoCloseable {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path root;
  private final String token;

  private SlotFolder(Path root, String token) {
    this.root = root;
    this.token = token;
  }

  /**
   * Makes a fresh folder under {@code parent}, owned by {@code owner} (told to the reaper of a
   * later connector), with the program in {@code job/file}.
   */
  public static SlotFolder create(Path parent, String owner, String file, byte[] program)
      throws IOException {
    Path root = parent.resolve(hex(4));
    SlotFolder folder = new SlotFolder(root, hex(32));
    for (Path dir : new Path[] {root, folder.run(), folder.job(), folder.models()}) {
      open(Files.createDirectory(dir), "rwxr-xr-x");
    }
    folder.write(root.resolve("owner"), owner.getBytes(StandardCharsets.UTF_8));
    folder.write(folder.run().resolve("token"), folder.token.getBytes(StandardCharsets.US_ASCII));
    folder.write(folder.job().resolve(file), program);
    return folder;
  }

  /** Makes a file that the container may read. */
  public void write(Path file, byte[] content) throws IOException {
    open(Files.write(file, content), "rw-r--r--");
  }

  /**
   * Makes folders of the hub cache for one model; the model itself is mounted onto {@code
   * snapshots/local}.
   */
  public void addModel(String cacheName, String revision) throws IOException {
    Path model = models().resolve("hub").resolve(cacheName);
    for (Path dir :
        new Path[] {model.resolve("refs"), model.resolve("snapshots").resolve(revision)}) {
      Files.createDirectories(
          dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    try (Stream<Path> dirs = Files.walk(models())) {
      for (Path dir : dirs.filter(Files::isDirectory).toList()) {
        open(dir, "rwxr-xr-x");
      }
    }
    write(model.resolve("refs").resolve("main"), revision.getBytes(StandardCharsets.US_ASCII));
    // Without its version transformers would migrate the cache, and say so in every log.
    write(models().resolve("hub").resolve("version.txt"), new byte[] {'1'});
  }

  /** Makes an empty folder beside the program, onto which something is mounted. */
  public void addMountPoint(String name) throws IOException {
    open(Files.createDirectory(job().resolve(name)), "rwxr-xr-x");
  }

  /** Whatever the process's umask is, the container's user gets exactly this. */
  static void open(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  public Path run() {
    return root.resolve("run");
  }

  public Path job() {
    return root.resolve("job");
  }

  public Path models() {
    return root.resolve("models");
  }

  /** What a slot with a network adds: the guard's rules, and the names the job knows. */
  public Path network() throws IOException {
    Path network = root.resolve("network");
    if (!Files.isDirectory(network)) {
      open(Files.createDirectory(network), "rwxr-xr-x");
    }
    return network;
  }

  public String token() {
    return token;
  }

  @Override
  public void close() throws IOException {
    delete(root);
  }

  /** Deletes a slot's folder, also one that another connector left behind. */
  public static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
