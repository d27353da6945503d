package dev.skep.provider.worker;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Frames over one connection: a u32 big-endian length and that many bytes; a JSON header, then a
 * payload when the header says so. One thread reads and writes; any thread may close, which ends a
 * blocked read at once.
 */
public final class WorkerChannel implements Closeable {

  /** Longest header: an error with its traceback, or 64 KiB of log as escaped JSON. */
  static final int MAX_HEADER = 512 * 1024;

  private static final int BUFFER = 128 * 1024;
  private static final byte[] NONE = {};
  private static final JsonProvider JSON = JsonProvider.provider();

  private final ByteChannel connection;
  private final int maxPayload;
  private final ByteBuffer read = ByteBuffer.allocateDirect(BUFFER).flip();

  public WorkerChannel(ByteChannel connection, int maxPayload) {
    this.connection = connection;
    this.maxPayload = maxPayload;
  }

  /**
   * Hands one job over.
   *
   * @param stream whether the worker is to tell parts, progress and log before the answer
   */
  public void sendJob(String id, byte[] input, boolean stream) throws IOException {
    Map<String, Object> header =
        Map.of("type", "job", "id", id, "maxOutput", maxPayload, "stream", stream, "payload", true);
    send(header, input);
  }

  /** The longest payload a worker may send, and the most its parts may come to. */
  public int maxPayload() {
    return maxPayload;
  }

  /** Asks the worker to leave. */
  public void sendStop() throws IOException {
    send(Map.of("type", "stop"), NONE);
  }

  private void send(Map<String, Object> header, byte[] payload) throws IOException {
    byte[] head = bytes(JSON.createObjectBuilder(header).build());
    boolean withPayload = header.containsKey("payload");
    ByteBuffer frames =
        ByteBuffer.allocate(4 + head.length + (withPayload ? 4 + payload.length : 0));
    frames.putInt(head.length).put(head);
    if (withPayload) {
      frames.putInt(payload.length).put(payload);
    }
    frames.flip();
    while (frames.hasRemaining()) {
      connection.write(frames);
    }
  }

  private static byte[] bytes(JsonObject header) {
    StringWriter text = new StringWriter(128);
    try (var writer = JSON.createWriter(text)) {
      writer.write(header);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Blocks for the next message.
   *
   * @throws EOFException the worker is gone
   * @throws FrameTooLargeException the worker wants to send more than it may
   * @throws WorkerProtocolException what came is no message
   */
  public WorkerMessage receive() throws IOException {
    JsonObject header = parse(frame(MAX_HEADER, false));
    WorkerMessage message = new WorkerMessage(header, NONE);
    return message.flag("payload") ? new WorkerMessage(header, frame(maxPayload, true)) : message;
  }

  private static JsonObject parse(byte[] bytes) throws WorkerProtocolException {
    try (var reader = JSON.createReader(new ByteArrayInputStream(bytes))) {
      return reader.readObject();
    } catch (JsonException | IllegalStateException e) {
      throw new WorkerProtocolException("a header that is not a JSON object", e);
    }
  }

  private byte[] frame(int limit, boolean payload) throws IOException {
    need(4);
    long length = Integer.toUnsignedLong(read.getInt());
    if (length > limit) {
      throw new FrameTooLargeException(payload, length, limit);
    }
    byte[] bytes = new byte[(int) length];
    int at = 0;
    while (at < bytes.length) {
      need(1);
      int part = Math.min(read.remaining(), bytes.length - at);
      read.get(bytes, at, part);
      at += part;
    }
    return bytes;
  }

  private void need(int count) throws IOException {
    while (read.remaining() < count) {
      read.compact();
      int got = connection.read(read);
      read.flip();
      if (got < 0) {
        throw new EOFException("the worker closed its connection");
      }
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
