package dev.skep.provider.docker;

import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.RuntimeProblem;
import dev.skep.provider.worker.WorkerMessage;
import dev.skep.provider.worker.WorkerProtocolException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;

/**
 * Reads what a worker says about a job that went wrong. A worker may only ever blame the job or its
 * caller.
 */
final class JobErrors {

  private static final int MAX_TRACEBACK = 3000;
  private static final JsonProvider JSON = JsonProvider.provider();

  private JobErrors() {}

  /** The problem of a job that did not return an answer. */
  static SkepException problem(JsonObject error) {
    RuntimeProblem problem =
        switch (WorkerMessage.text(error, "code")) {
          case "output-invalid" -> RuntimeProblem.OUTPUT_INVALID;
          case "output-too-large" -> RuntimeProblem.OUTPUT_TOO_LARGE;
          case "input-invalid" -> RuntimeProblem.INPUT_INVALID;
          default -> RuntimeProblem.JOB_THREW;
        };
    boolean threw = problem == RuntimeProblem.JOB_THREW;
    String message = WorkerMessage.text(error, "message");
    SkepException told = problem.because(threw ? describe("the job", error) : message);
    return threw ? told.retryable(error.get("retryable") == JsonValue.TRUE) : told;
  }

  /** The problem of a program whose init did not come to its end. */
  static SkepException initProblem(JsonObject error) {
    return RuntimeProblem.INIT_FAILED.because(describe("the program's start", error));
  }

  private static String describe(String who, JsonObject error) {
    String traceback = WorkerMessage.text(error, "traceback");
    int from =
        Math.max(0, traceback.length() - MAX_TRACEBACK); // the end of a traceback says the most
    String type = WorkerMessage.text(error, "type");
    return "%s raised %s: %s%n%s"
        .formatted(who, type, WorkerMessage.text(error, "message"), traceback.substring(from));
  }

  /**
   * Holds a worker to its word: only a program that took over the socket can answer anything but
   * JSON.
   */
  static void checkJson(byte[] output) throws WorkerProtocolException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(output)).toString();
      try (var parser = JSON.createParser(new StringReader(text))) {
        parser.next();
        while (parser.hasNext()) {
          parser.next();
        }
      }
    } catch (CharacterCodingException
        | JsonException
        | NoSuchElementException
        | IllegalStateException e) {
      throw new WorkerProtocolException("an answer that is not JSON");
    }
  }
}
