package dev.skep.chain.identity;

import dev.skep.chain.identity.SignInMessage.Validity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of ERC-4361, as one anchored expression so that no line can be smuggled in. */
final class SignInText {
  private static final int MAX_LENGTH = 4096;
  private static final String TIME = "[0-9]{4}-[0-9T:.+Z-]{6,40}";
  private static final Pattern FORM =
      Pattern.compile(
          "(?<domain>[A-Za-z0-9.:\\[\\]-]{1,255}) wants you to sign in with your Ethereum account:\n"
              + "(?<address>0x[0-9a-fA-F]{40})\n\n"
              + "(?:(?<statement>[\\x20-\\x7e]{1,1024})\n)?\n"
              + "URI: (?<uri>[\\x21-\\x7e]{1,1024})\n"
              + "Version: 1\n"
              + "Chain ID: (?<chain>[1-9][0-9]{0,17})\n"
              + "Nonce: (?<nonce>[A-Za-z0-9]{8,128})\n"
              + ("Issued At: (?<issued>" + TIME + ")")
              + ("(?:\nExpiration Time: (?<expires>" + TIME + "))?")
              + ("(?:\nNot Before: (?<before>" + TIME + "))?")
              + "(?:\nRequest ID: (?<request>[\\x21-\\x7e]{0,255}))?"
              + "(?:\nResources:(?<resources>(?:\n- [\\x21-\\x7e]{1,1024}){0,16}))?");

  private SignInText() {}

  static SignInMessage read(String text) {
    Matcher form = FORM.matcher(text);
    if (text.length() > MAX_LENGTH || !form.matches()) {
      throw new IllegalArgumentException("the text is not an ERC-4361 message of version 1");
    }
    Validity validity =
        new Validity(
            instant(form.group("issued")),
            optional(form.group("expires")),
            optional(form.group("before")));
    return new SignInMessage(
        form.group("domain"),
        ChecksumAddress.parse(form.group("address")),
        form.group("statement"),
        form.group("uri"),
        Long.parseLong(form.group("chain")),
        form.group("nonce"),
        validity,
        form.group("request"),
        resources(form.group("resources")));
  }

  static String write(SignInMessage message) {
    StringBuilder text = new StringBuilder(message.domain());
    text.append(" wants you to sign in with your Ethereum account:\n");
    text.append(ChecksumAddress.of(message.address())).append("\n\n");
    text.append(message.statement() == null ? "" : message.statement() + "\n");
    text.append("\nURI: ").append(message.uri()).append("\nVersion: 1");
    text.append("\nChain ID: ").append(message.chainId());
    text.append("\nNonce: ").append(message.nonce());
    line(text, "Issued At", message.validity().issuedAt());
    line(text, "Expiration Time", message.validity().expiresAt());
    line(text, "Not Before", message.validity().notBefore());
    line(text, "Request ID", message.requestId());
    if (!message.resources().isEmpty()) {
      text.append("\nResources:");
      message.resources().forEach(resource -> text.append("\n- ").append(resource));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append('\n').append(name).append(": ").append(value);
    }
  }

  private static List<String> resources(@Nullable String lines) {
    if (lines == null || lines.isEmpty()) {
      return List.of();
    }
    return Pattern.compile("\n- ").splitAsStream(lines.substring(3)).toList();
  }

  private static @Nullable Instant optional(@Nullable String text) {
    return text == null ? null : instant(text);
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not an RFC 3339 time: " + text, e);
    }
  }
}
