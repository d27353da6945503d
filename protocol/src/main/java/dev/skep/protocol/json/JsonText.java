package dev.skep.protocol.json;

import dev.skep.protocol.SkepException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checks that bytes are one JSON text (RFC 8259) without building anything: every job's input
 * passes here, and most are only passed on.
 */
public final class JsonText {
  private static final int DEEPEST = 128;

  private final byte[] text;
  private int at;

  private JsonText(byte[] text) {
    this.text = text;
  }

  /** Throws {@code input-malformed} with the place. */
  public static void check(byte[] text) {
    JsonText json = new JsonText(text);
    json.space();
    json.value(0);
    json.space();
    if (json.at < text.length) {
      throw json.wrong("something follows the JSON value");
    }
    json.checkEncoding();
  }

  /** Beyond ASCII only strings can be: their bytes are UTF-8 or the text is none. */
  private void checkEncoding() {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(text);
    CharBuffer room = CharBuffer.allocate(512);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(bytes, room.clear(), true);
    }
    if (result.isError()) {
      at = bytes.position();
      throw wrong("bytes that are not UTF-8");
    }
  }

  /**
   * The same value on one line: whoever wrote it must not end our line and forge the next. Between
   * JSON's tokens a line feed is a space; within strings {@link #check} refuses it.
   */
  public static byte[] onOneLine(byte[] checked) {
    byte[] line = checked.clone();
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }

  /**
   * The members of a text that is one JSON object: names as they are written, values byte by byte.
   * Throws {@code input-malformed}, also for a name that occurs twice.
   */
  public static Map<String, byte[]> members(byte[] text) {
    check(text);
    JsonText json = new JsonText(text);
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
      String written = new String(text, name, at - 1 - name, StandardCharsets.UTF_8);
      space();
      expect(':');
      space();
      int from = at;
      value(1);
      if (members.put(written, Arrays.copyOfRange(text, from, at)) != null) {
        throw wrong("a member occurs twice");
      }
      space();
    } while (skip(','));
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
      if (text[at++] == '\\') {
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
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
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
    while (at < text.length && " \t\n\r".indexOf(text[at]) >= 0) {
      at++;
    }
  }

  private byte peek() {
    if (at >= text.length) {
      throw wrong("it ends too early");
    }
    return text[at];
  }

  private boolean skip(char wanted) {
    if (at < text.length && text[at] == wanted) {
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
