package dev.skep.broker;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The passwords of the queen and of the administrator, as hashes: lines {@code queen=<SHA-256>} and
 * {@code admin=<SHA-256>} in lower-case hexadecimal digits, in a file only the server may read.
 */
record BrokerSecrets(Map<String, PasswordHash> byUser) {

  static BrokerSecrets read(File file) {
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file.toPath())) {
      lines.load(reader);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read the broker's passwords in " + file, e);
    }
    return new BrokerSecrets(
        lines.stringPropertyNames().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    user -> user, user -> new PasswordHash(lines.getProperty(user)))));
  }

  boolean matches(String user, String password) {
    PasswordHash known = byUser.get(user);
    return known != null && known.isOf(password);
  }
}
