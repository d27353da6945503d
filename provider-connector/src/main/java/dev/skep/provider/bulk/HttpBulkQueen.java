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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The queen over HTTPS; signs in afresh when her token ended. */
public final class HttpBulkQueen implements BulkQueen {
  /** An answer of an output's most bytes, with room for what is said around it. */
  private static final int LONGEST_ANSWER = 8 << 20;

  private final Supplier<QueenApi> signIn;
  private final String path;
  private volatile QueenApi queen;

  public HttpBulkQueen(QueenApi queen, Supplier<QueenApi> signIn, PoolId pool) {
    this.queen = queen;
    this.signIn = signIn;
    this.path = "/pools/" + pool + "/bulk";
  }

  @Override
  public void send(List<Order> orders, Consumer<LineAnswer> answers) {
    QueenApi known = queen;
    try (InputStream in = known.postLines(path, body(orders))) {
      read(new BufferedInputStream(in, 1 << 16), line -> answers.accept(answer(known, line)));
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

  private static void read(InputStream in, Consumer<byte[]> answers) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c != '\n') {
        line.write(c);
        if (line.size() > LONGEST_ANSWER) {
          throw broken("an answer is longer than " + LONGEST_ANSWER + " bytes");
        }
      } else {
        answers.accept(line.toByteArray());
        line.reset();
      }
    }
  }

  /** A torn line is no answer: what it was about is asked again. */
  private static LineAnswer answer(QueenApi queen, byte[] line) {
    try {
      Optional<String> place = LineAnswer.placeOf(line);
      return place.isEmpty()
          ? LineAnswer.parse(line)
          : LineAnswer.of(line, queen.get(place.get()).body());
    } catch (SkepException e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken("an answer cannot be read: " + e.getMessage()).causedBy(e);
    }
  }

  private static SkepException broken(String why) {
    return SkepException.of("queen-unreachable", 503)
        .fault(Fault.PLATFORM)
        .retryable(true)
        .because(why)
        .hint("The lines without an answer are sent again.");
  }
}
