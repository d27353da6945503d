package dev.skep.provider.control;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.provider.home.SkepHome;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The two files of one wallet's connector. Each is replaced as a whole, so no reader sees half. */
public final class ControlFiles {

  private static final JsonProvider JSON = JsonProvider.provider();

  private final Path wish;
  private final Path state;

  public ControlFiles(SkepHome home, WalletAddress wallet) {
    Path folder = home.ensure();
    this.wish = folder.resolve("connector-" + wallet + ".wish");
    this.state = folder.resolve("connector-" + wallet + ".state");
  }

  /** What the owner wants; {@link Wish#RUN} unless something else was said. */
  public Wish wish() {
    try {
      return Wish.valueOf(Files.readString(wish, StandardCharsets.US_ASCII).strip());
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Wish.RUN; // nothing was said, or nothing that is understood
    } catch (IOException e) {
      throw broken(wish, e);
    }
  }

  public void wish(Wish next) {
    write(wish, next.name());
  }

  /** What the connector said last. */
  public Optional<JsonObject> state() {
    try (var reader =
        JSON.createReader(new StringReader(Files.readString(state, StandardCharsets.UTF_8)))) {
      return Optional.of(reader.readObject());
    } catch (NoSuchFileException | JsonException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw broken(state, e);
    }
  }

  void state(JsonObject now) {
    write(state, now.toString());
  }

  private static void write(Path file, String text) {
    try {
      var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Path fresh = Files.createTempFile(file.getParent(), "connector", ".new", own);
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw broken(file, e);
    }
  }

  private static SkepException broken(Path file, IOException e) {
    return SkepException.of("home-unusable", 400)
        .fault(Fault.CALLER)
        .because("cannot use " + file + ": " + e.getMessage())
        .hint("Set SKEP_HOME to a folder of your own.")
        .causedBy(e);
  }
}
