package dev.skep.provider.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a program asks the fake runtime to do, in comment lines that Python ignores: {@code #fake
 * run-for 20}, {@code #fake print hello}, {@code #fake throw why}, {@code #fake exit 3}, {@code
 * #fake answer {"a":1}}, {@code #fake answer-bytes 5000}, {@code #fake not-json}, {@code #fake
 * out-of-memory}, {@code #fake never-answer}, {@code #fake engine-gone}, {@code #fake fail-init
 * why}. Told before the answer, in the order of the lines, when somebody listens: {@code #fake part
 * {"a":1}}, {@code #fake parts 100 1024} (so many parts of so many bytes), {@code #fake clock 10}
 * (so many parts that tell the time in microseconds; no part of the answer), {@code #fake progress
 * 1 2}, and every {@code print}; parts make the answer their array, and {@code #fake part-every 20}
 * waits so many milliseconds before each. A program without such lines answers its input.
 */
record FakeScript(List<Step> steps) {

  record Step(String word, String argument) {}

  private static final String MARK = "#fake ";

  static FakeScript of(byte[] program) {
    return new FakeScript(
        new String(program, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith(MARK))
            .map(line -> step(line.substring(MARK.length()).strip()))
            .toList());
  }

  private static Step step(String line) {
    int space = line.indexOf(' ');
    return space < 0
        ? new Step(line, "")
        : new Step(line.substring(0, space), line.substring(space + 1));
  }

  private @Nullable String find(String word) {
    return steps.stream()
        .filter(step -> step.word().equals(word))
        .map(Step::argument)
        .findFirst()
        .orElse(null);
  }

  @Nullable String initFailure() {
    return find("fail-init");
  }

  /**
   * What it tells before its answer, in order: {@code part}, {@code progress} and {@code print}.
   */
  List<Step> told() {
    return steps.stream().flatMap(FakeScript::told).toList();
  }

  private static Stream<Step> told(Step step) {
    return switch (step.word()) {
      case "part", "progress", "print" -> Stream.of(step);
      case "parts" -> parts(step.argument().split(" "));
      case "clock" -> Stream.generate(() -> step).limit(Integer.parseInt(step.argument()));
      default -> Stream.empty();
    };
  }

  private static Stream<Step> parts(String[] countAndBytes) {
    String part = '"' + "x".repeat(Integer.parseInt(countAndBytes[1]) - 2) + '"';
    return Stream.generate(() -> new Step("part", part)).limit(Integer.parseInt(countAndBytes[0]));
  }

  /** How long it waits before each thing it tells. */
  Duration partEvery() {
    String millis = find("part-every");
    return millis == null ? Duration.ZERO : Duration.ofMillis(Long.parseLong(millis));
  }

  /** How long the job runs; far longer than any limit when it never answers. */
  Duration runFor() {
    if (find("never-answer") != null) {
      return Duration.ofDays(1);
    }
    String millis = find("run-for");
    return millis == null ? Duration.ZERO : Duration.ofMillis(Long.parseLong(millis));
  }

  JobLog log() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      if (step.word().equals("print")) {
        text.append(step.argument()).append('\n');
      }
    }
    return JobLog.of(text.toString(), false);
  }

  /** The answer to an input, or the problem the script asks for. */
  Answer answer(byte[] input) {
    String bytes = find("answer-bytes");
    if (bytes != null) {
      return new Answer(
          ('"' + "x".repeat(Integer.parseInt(bytes)) + '"').getBytes(StandardCharsets.UTF_8), null);
    }
    for (Step step : steps) {
      RuntimeProblem problem = problemOf(step.word());
      if (problem != null) {
        String argument = step.argument().isEmpty() ? step.word() : step.argument();
        return new Answer(input, new Failure(problem, argument));
      }
    }
    List<String> parts =
        told().stream().filter(s -> s.word().equals("part")).map(Step::argument).toList();
    if (!parts.isEmpty()) {
      return new Answer(
          ('[' + String.join(",", parts) + ']').getBytes(StandardCharsets.UTF_8), null);
    }
    String fixed = find("answer");
    return new Answer(fixed == null ? input : fixed.getBytes(StandardCharsets.UTF_8), null);
  }

  private static @Nullable RuntimeProblem problemOf(String word) {
    return switch (word) {
      case "throw" -> RuntimeProblem.JOB_THREW;
      case "exit" -> RuntimeProblem.JOB_EXITED;
      case "not-json" -> RuntimeProblem.OUTPUT_INVALID;
      case "out-of-memory" -> RuntimeProblem.OUT_OF_MEMORY;
      case "engine-gone" -> RuntimeProblem.RUNTIME_UNAVAILABLE;
      default -> null;
    };
  }

  record Failure(RuntimeProblem problem, String why) {}

  record Answer(byte[] output, @Nullable Failure failure) {}
}
