package dev.skep.protocol.wire;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.SessionId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens the messages of one session: {@code 'S' 'K' 1 | type | session | sequence |
 * HMAC-SHA-256 | body}. The MAC covers direction, type, session, sequence and body. Does not judge
 * the sequence: that is {@link SequenceGuard}'s, after a frame was opened. Thread-safe.
 */
public final class Framing {
  static final int HEAD = 3 + 1 + 16 + 8 + 32;

  private static final byte[] MAGIC = {'S', 'K', 1};
  private static final int SESSION_AT = 4;
  private static final int MAC_AT = 28;
  private static final String ALGORITHM = "HmacSHA256";

  private final SessionId session;
  private final SecretKeySpec key;

  /** {@code hmacKey} is the session's shared key, at least 32 bytes. */
  public Framing(SessionId session, byte[] hmacKey) {
    if (hmacKey.length < 32) {
      throw new IllegalArgumentException("the session key has at least 32 bytes");
    }
    this.session = session;
    this.key = new SecretKeySpec(hmacKey, ALGORITHM);
  }

  /** The bytes of one message; the sender counts {@code sequence} up from 1. */
  public byte[] seal(Message message, long sequence) {
    byte[] body = MessageCodec.encode(message);
    MessageType type = message.type();
    ByteBuffer frame = ByteBuffer.allocate(HEAD + body.length);
    frame.put(MAGIC).put((byte) type.code()).put(session.bytes()).putLong(sequence);
    frame.put(mac(type, sequence, body)).put(body);
    return frame.array();
  }

  /**
   * Checks form, session, direction and MAC; throws {@code message-malformed} or {@code
   * message-forged}.
   */
  public Envelope open(Direction expected, byte[] frame) {
    SessionId named = sessionOf(frame);
    MessageType type = MessageType.ofCode(frame[3] & 0xFF);
    long sequence = ByteBuffer.wrap(frame).getLong(SESSION_AT + 16);
    byte[] body = Arrays.copyOfRange(frame, HEAD, frame.length);
    byte[] mac = Arrays.copyOfRange(frame, MAC_AT, HEAD);
    boolean authentic = MessageDigest.isEqual(mac, mac(type, sequence, body));
    if (!authentic || !named.equals(session) || type.direction() != expected) {
      throw SkepException.of("message-forged", 403)
          .because("a message for session " + session + " does not carry this session's signature");
    }
    return new Envelope(type, named, sequence, body);
  }

  /** The session a frame claims to belong to, so that its key can be found; proves nothing. */
  public static SessionId sessionOf(byte[] frame) {
    if (frame.length < HEAD || frame.length > HEAD + WireLimits.MAX_BODY) {
      throw Malformed.because(
          "a frame has "
              + HEAD
              + " to "
              + (HEAD + WireLimits.MAX_BODY)
              + " bytes, got "
              + frame.length);
    }
    if (frame[0] != MAGIC[0] || frame[1] != MAGIC[1] || frame[2] != MAGIC[2]) {
      throw Malformed.because("not a frame of this version");
    }
    ByteBuffer buffer = ByteBuffer.wrap(frame);
    return new SessionId(new UUID(buffer.getLong(SESSION_AT), buffer.getLong(SESSION_AT + 8)));
  }

  private byte[] mac(MessageType type, long sequence, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((byte) type.direction().code());
      mac.update((byte) type.code());
      mac.update(session.bytes());
      mac.update(ByteBuffer.allocate(8).putLong(0, sequence));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", e);
    }
  }
}
