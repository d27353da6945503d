package dev.skep.provider.bulk;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.provider.queen.QueenAnswer;
import dev.skep.provider.queen.QueenApi;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The queen over HTTPS; signs in afresh when her token ended. */
public final class HttpBulkQueen implements BulkQueen {
  /** An answer of an output's most bytes, with room for what is said around it. */
  private static final int LONGEST_ANSWER = 8 << 20;

  /** Several times as long as the queen is ever silent while an answer is open. */
  private static final Duration SILENCE = Duration.ofSeconds(90);

  private final Duration silence;
  private final Supplier<QueenApi> signIn;
  private final String path;
  private volatile QueenApi queen;

  public HttpBulkQueen(QueenApi queen, Supplier<QueenApi> signIn, PoolId pool) {
    this(queen, signIn, pool, SILENCE);
  }

  HttpBulkQueen(QueenApi queen, Supplier<QueenApi> signIn, PoolId pool, Duration silence) {
    this.silence = silence;
    this.queen = queen;
    this.signIn = signIn;
    this.path = "/pools/" + pool + "/bulk";
  }

  @Override
  public void send(List<Order> orders, Consumer<LineAnswer> answers) {
    QueenApi known = queen;
    try (InputStream in = new WatchedAnswer(known.postLines(path, body(orders)), silence)) {
      read(new BufferedInputStream(in, 1 << 16), answers);
    } catch (IOException e) {
      throw broken("the connection broke: " + e.getMessage()).causedBy(e);
    } catch (SkepException e) {
      signInAgain(known, e);
      throw e.isRetryable() || !isUnknown(e) ? e : broken("the token had ended").causedBy(e);
    }
  }

  private synchronized void signInAgain(QueenApi known, SkepException e) {
    if (isUnknown(e) && queen == known) {
      queen = signIn.get();
    }
  }

  private static boolean isUnknown(SkepException e) {
    return e.getCause() instanceof QueenAnswer answer && answer.status() == 401;
  }

  private static byte[] body(List<Order> orders) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Order order : orders) {
      body.writeBytes(
          ("{\"key\":\"" + order.key() + "\",\"input\":").getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(order.input());
      body.write('}');
      body.write('\n');
    }
    return body.toByteArray();
  }

  private static void read(InputStream in, Consumer<LineAnswer> answers) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c != '\n') {
        line.write(c);
        if (line.size() > LONGEST_ANSWER) {
          throw broken("an answer is longer than " + LONGEST_ANSWER + " bytes");
        }
      } else if (line.size() > 0) { // a blank line only says that she lives
        answers.accept(parse(line.toByteArray()));
        line.reset();
      }
    }
  }

  /** A torn line is no answer: what it was about is asked again. */
  private static LineAnswer parse(byte[] line) {
    try {
      return LineAnswer.parse(line);
    } catch (RuntimeException e) {
      throw broken("an answer cannot be read: " + e.getMessage()).causedBy(e);
    }
  }

  static SkepException broken(String why) {
    return SkepException.of("queen-unreachable", 503)
        .fault(Fault.PLATFORM)
        .retryable(true)
        .because(why)
        .hint("The lines without an answer are sent again.");
  }
}
