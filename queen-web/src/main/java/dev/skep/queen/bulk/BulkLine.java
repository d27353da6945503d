package dev.skep.queen.bulk;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.json.JsonText;
import dev.skep.queen.dispatch.Submission;
import dev.skep.queen.rest.JsonBody;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;

/**
 * One order of a bulk request: {@code {"key": "...", "input": ...}}. The input is passed on byte by
 * byte, the key is repeated in the answer as it was written.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on the hot path, never compared as a value
record BulkLine(String key, byte[] quotedKey, byte[] input) {
  private static final Set<String> MEMBERS = Set.of("key", "input");

  /**
   * Throws {@code input-malformed}, {@code line-malformed} or {@code idempotency-key-malformed}.
   */
  static BulkLine parse(byte[] text) {
    Map<String, byte[]> members = JsonText.members(text);
    byte[] key = members.get("key");
    byte[] input = members.get("input");
    if (key == null || input == null || !MEMBERS.equals(members.keySet())) {
      throw SkepException.of("line-malformed", 400)
          .because("a line has exactly the members key and input, not " + members.keySet())
          .hint("Send {\"key\": \"...\", \"input\": ...} per line.");
    }
    return new BulkLine(key(key), key, input);
  }

  private static String key(byte[] quoted) {
    String text = new String(quoted, StandardCharsets.UTF_8);
    String key = text.startsWith("\"") ? unquoted(text) : "";
    if (!key.matches("[\\x21-\\x7e]{1,200}")) {
      throw SkepException.of("idempotency-key-malformed", 400)
          .because("a line's key is a string of 1 to 200 visible ASCII characters")
          .hint("A random UUID does.");
    }
    return key;
  }

  private static String unquoted(String text) {
    if (text.indexOf('\\') < 0) {
      return text.substring(1, text.length() - 1);
    }
    byte[] document = ("{\"key\":" + text + "}").getBytes(StandardCharsets.UTF_8);
    return JsonBody.object(document).getString("key");
  }

  Submission.IdempotencyKey once() {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(input);
      return new Submission.IdempotencyKey(key, sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
