package dev.skep.provider.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command takes. */
public final class CommonOptions {
  @Option(
      names = "--json",
      description = "Print one JSON document on stdout; a problem is one JSON line on stderr.")
  boolean json;

  @Option(
      names = "--queen",
      paramLabel = "URL",
      description =
          "The queen to ask. Default: SKEP_QUEEN, else 'queen' in SKEP_HOME/config.properties, "
              + "else http://localhost:8080.")
  @Nullable String queen;

  @Option(
      names = "--queen-cert",
      paramLabel = "FILE",
      description = "Trust this certificate's key (PEM, or its SHA-256 pin) and no other.")
  @Nullable Path queenCert;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
