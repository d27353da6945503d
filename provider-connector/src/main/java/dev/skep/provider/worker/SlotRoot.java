package dev.skep.provider.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder that holds this user's slot folders; nobody else may enter it. */
public final class SlotRoot {

  // A Unix socket's path holds 107 bytes; ours adds "/xxxxxxxx/run/s".
  private static final int MAX_PATH = 107 - 15;

  private final Path path;

  private SlotRoot(Path path) {
    this.path = path;
  }

  /** {@code $XDG_RUNTIME_DIR/skep}, or {@code /tmp/skep-USER} where there is none. */
  public static Path standard() {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null && Files.isWritable(Path.of(runtime))) {
      return Path.of(runtime, "skep");
    }
    return Path.of("/tmp", "skep-" + System.getProperty("user.name"));
  }

  /** Makes the folder, or refuses one that others could have prepared. */
  public static SlotRoot open(Path path) throws IOException {
    if (path.toString().length() > MAX_PATH) {
      throw new IOException(path + " is too long for the path of a Unix socket");
    }
    Set<PosixFilePermission> own = PosixFilePermissions.fromString("rwx------");
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path.getParent());
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(own));
    }
    String user = System.getProperty("user.name");
    boolean ours = Files.getOwner(path).getName().equals(user);
    if (Files.isSymbolicLink(path) || !ours || !Files.getPosixFilePermissions(path).equals(own)) {
      throw new IOException(
          path + " must be a folder of user " + user + " that nobody else may enter (mode 0700)");
    }
    return new SlotRoot(path.toRealPath());
  }

  public SlotFolder create(Owner owner, String file, byte[] program) throws IOException {
    return SlotFolder.create(path, owner.text() + "\n" + owner.place(), file, program);
  }

  /** Deletes the folders of connectors that live no more; tells how many. */
  public int sweep() throws IOException {
    int swept = 0;
    for (Path folder : children()) {
      if (isOrphan(folder)) {
        SlotFolder.delete(folder);
        swept++;
      }
    }
    return swept;
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> folders = Files.list(path)) {
      return folders.filter(Files::isDirectory).toList();
    }
  }

  private static boolean isOrphan(Path folder) throws IOException {
    try {
      String[] owner =
          Files.readString(folder.resolve("owner"), StandardCharsets.UTF_8).split("\n", 2);
      return owner.length == 2 && new Owner(owner[0], owner[1]).isDead();
    } catch (NoSuchFileException e) {
      return false; // another connector is just making it
    }
  }
}
