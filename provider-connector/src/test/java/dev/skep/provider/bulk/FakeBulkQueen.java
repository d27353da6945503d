package dev.skep.provider.bulk;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.TokenAmount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A queen who remembers every key and pays each once, answers out of order, and breaks as often as
 * she is told to.
 */
final class FakeBulkQueen implements BulkQueen {
  static final TokenAmount PRICE = TokenAmount.of(10);

  final Map<String, String> paid = new HashMap<>();
  private final Random random;
  private final double breaking;

  FakeBulkQueen(long seed, double breaking) {
    this.random = new Random(seed);
    this.breaking = breaking;
  }

  @Override
  public synchronized void send(List<Order> orders, Consumer<LineAnswer> answers) {
    List<Order> shuffled = new ArrayList<>(orders);
    Collections.shuffle(shuffled, random);
    for (Order order : shuffled) {
      LineAnswer answer = answer(order);
      if (random.nextDouble() < breaking) {
        throw SkepException.of("queen-unreachable", 503).because("the connection broke");
      }
      answers.accept(answer);
    }
  }

  private LineAnswer answer(Order order) {
    String input = new String(order.input(), StandardCharsets.UTF_8);
    if (input.equals("\"nameless\"") && paid.putIfAbsent("nameless", input) == null) {
      return new LineAnswer(
          null, 7, null, null, SkepException.of("line-malformed", 400).problem(), TokenAmount.ZERO);
    }
    if (input.equals("\"poor\"")) {
      return problem(order, null, SkepException.of("budget-exhausted", 402));
    }
    if (input.equals("\"closed\"")) {
      return problem(order, null, SkepException.of("pool-not-open", 409));
    }
    if (input.equals("\"throws\"")) {
      return problem(order, "job-1", SkepException.of("job-threw", 422));
    }
    if (input.equals("\"unlucky\"") && !order.key().endsWith(":2")) {
      return problem(order, "job-2", SkepException.of("attempts-exhausted", 503));
    }
    paid.merge(order.key(), input, FakeBulkQueen::same);
    byte[] output = ("[" + input + "]").getBytes(StandardCharsets.UTF_8);
    return new LineAnswer(order.key(), 0, "job", output, null, PRICE);
  }

  private static LineAnswer problem(Order order, String job, SkepException why) {
    return new LineAnswer(order.key(), 0, job, null, why.problem(), TokenAmount.ZERO);
  }

  private static String same(String before, String now) {
    if (!before.equals(now)) {
      throw new AssertionError("one key for two inputs");
    }
    return now;
  }
}
