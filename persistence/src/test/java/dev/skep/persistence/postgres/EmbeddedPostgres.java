package dev.skep.persistence.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL 17 from its Maven artifact, one per test JVM on a free loopback port, gone with
 * the JVM. Runs as an unprivileged user when the tests run as root, because PostgreSQL refuses
 * root.
 */
public final class EmbeddedPostgres {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  /**
   * A killed server loses nothing without it; only a power cut would. Measure with
   * -Dpostgres.fsync=on.
   */
  private static final String FSYNC = System.getProperty("postgres.fsync", "off");

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path home;
  private final int port;

  private EmbeddedPostgres(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  /** The server of this JVM, started on first use. */
  public static EmbeddedPostgres shared() {
    return Holder.SERVER;
  }

  /** A fresh, empty database. */
  public PGSimpleDataSource emptyDatabase() {
    String name = "t" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
    try (Connection connection = database("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database", e);
    }
    return database(name);
  }

  public PGSimpleDataSource database(String name) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(
        "jdbc:postgresql://127.0.0.1:"
            + port
            + "/"
            + name
            + "?user=skep&reWriteBatchedInserts=true");
    return source;
  }

  /** Ends the server as a crash would: no checkpoint, connections cut. */
  public void crash() {
    run("bin/pg_ctl", "stop", "-D", home.resolve("data").toString(), "-m", "immediate", "-w");
  }

  public void start() {
    String options =
        "-h 127.0.0.1 -p "
            + port
            + " -k "
            + home
            + " -c max_connections=50 -c shared_buffers=64MB -c fsync="
            + FSYNC;
    run(
        "bin/pg_ctl",
        "start",
        "-w",
        "-t",
        "120",
        "-D",
        home.resolve("data").toString(),
        "-l",
        home.resolve("log").toString(),
        "-o",
        options);
  }

  private static EmbeddedPostgres boot() {
    try {
      Path home = Files.createTempDirectory("skep-postgres-");
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
      EmbeddedPostgres server = new EmbeddedPostgres(home, freePort());
      server.unpack();
      server.run(
          "bin/initdb",
          "-D",
          home.resolve("data").toString(),
          "-U",
          "skep",
          "-A",
          "trust",
          "-E",
          "UTF8",
          "--locale=C",
          "--no-sync");
      server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::remove, "postgres-end"));
      return server;
    } catch (IOException e) {
      throw new IllegalStateException("no PostgreSQL", e);
    }
  }

  private void remove() {
    crash();
    try {
      new ProcessBuilder("rm", "-rf", home.toString()).start().waitFor(60, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new IllegalStateException("left behind: " + home, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void unpack() throws IOException {
    Path archive = home.resolve("postgres.txz");
    try (InputStream in = EmbeddedPostgres.class.getResourceAsStream(ARCHIVE)) {
      Files.copy(
          java.util.Objects.requireNonNull(in, "the PostgreSQL artifact is not on the class path"),
          archive);
    }
    Process tar =
        new ProcessBuilder("tar", "-xJf", archive.toString(), "-C", home.toString())
            .inheritIO()
            .start();
    Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> !tar.isAlive());
    if (tar.exitValue() != 0) {
      throw new IOException("tar cannot unpack PostgreSQL; is xz installed?");
    }
    Files.delete(archive);
  }

  private void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.add(home.resolve(program).toString());
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("skep-postgres", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(program + " failed: " + Files.readString(output));
      }
      Files.delete(output);
    } catch (IOException e) {
      throw new IllegalStateException(program + " did not run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class Holder {
    static final EmbeddedPostgres SERVER = boot();
  }
}
