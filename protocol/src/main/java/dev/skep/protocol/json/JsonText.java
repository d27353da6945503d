package dev.skep.protocol.json;

import dev.skep.protocol.SkepException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks that bytes are one JSON text (RFC 8259) without building anything: every job's input
 * passes here, and most are only passed on.
 */
public final class JsonText {
  private static final int DEEPEST = 128;

  private final ByteBuffer text;
  private final int length;
  private int at;

  private JsonText(ByteBuffer text) {
    this.text = text;
    this.length = text.limit();
  }

  /** Throws {@code input-malformed} with the place. */
  public static void check(byte[] text) {
    check(ByteBuffer.wrap(text));
  }

  /** The same for bytes that lie elsewhere, such as in a file that is mapped. */
  public static void check(ByteBuffer text) {
    JsonText json = new JsonText(text);
    json.space();
    json.value(0);
    json.space();
    if (json.at < json.length) {
      throw json.wrong("something follows the JSON value");
    }
  }

  /**
   * The members of a text that is one JSON object: names as they are written, values byte by byte.
   * Throws {@code input-malformed}, also for a name that occurs twice.
   */
  public static Map<String, byte[]> members(byte[] text) {
    check(text);
    JsonText json = new JsonText(ByteBuffer.wrap(text));
    json.space();
    Map<String, byte[]> members = new LinkedHashMap<>();
    json.expect('{');
    json.space();
    if (!json.skip('}')) {
      json.collect(members);
    }
    return members;
  }

  private void collect(Map<String, byte[]> members) {
    do {
      space();
      int name = at + 1;
      string();
      String written = new String(copy(name, at - 1), StandardCharsets.UTF_8);
      space();
      expect(':');
      space();
      int from = at;
      value(1);
      if (members.put(written, copy(from, at)) != null) {
        throw wrong("a member occurs twice");
      }
      space();
    } while (skip(','));
  }

  private byte[] copy(int from, int to) {
    byte[] copy = new byte[to - from];
    text.get(from, copy);
    return copy;
  }

  private void value(int depth) {
    if (depth > DEEPEST) {
      throw wrong("it is nested deeper than " + DEEPEST + " levels");
    }
    switch (peek()) {
      case '{' -> members(depth);
      case '[' -> elements(depth);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void members(int depth) {
    at++;
    space();
    if (skip('}')) {
      return;
    }
    do {
      space();
      string();
      space();
      expect(':');
      space();
      value(depth + 1);
      space();
    } while (skip(','));
    expect('}');
  }

  private void elements(int depth) {
    at++;
    space();
    if (skip(']')) {
      return;
    }
    do {
      space();
      value(depth + 1);
      space();
    } while (skip(','));
    expect(']');
  }

  private void string() {
    expect('"');
    while (peek() != '"') {
      if (peek() >= 0 && peek() < 0x20) {
        throw wrong("a control character in a string");
      }
      if (text.get(at++) == '\\') {
        escape();
      }
    }
    at++;
  }

  private void escape() {
    byte escaped = peek();
    at++;
    if (escaped == 'u') {
      for (int i = 0; i < 4; i++, at++) {
        if (Character.digit(peek(), 16) < 0) {
          throw wrong("a \\u escape without four hex digits");
        }
      }
    } else if ("\"\\/bfnrt".indexOf(escaped) < 0) {
      throw wrong("an unknown escape in a string");
    }
  }

  private void number() {
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
  }

  private void digits() {
    int start = at;
    while (at < length && text.get(at) >= '0' && text.get(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong("no JSON value");
    }
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
  }

  private void space() {
    while (at < length && " \t\n\r".indexOf(text.get(at)) >= 0) {
      at++;
    }
  }

  private byte peek() {
    if (at >= length) {
      throw wrong("it ends too early");
    }
    return text.get(at);
  }

  private boolean skip(char wanted) {
    if (at < length && text.get(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!skip(wanted)) {
      throw wrong("'" + wanted + "' expected");
    }
  }

  private SkepException wrong(String what) {
    return SkepException.of("input-malformed", 400)
        .because("the job's input is not JSON: " + what + " at byte " + at)
        .hint("Send one JSON value in UTF-8.");
  }
}
