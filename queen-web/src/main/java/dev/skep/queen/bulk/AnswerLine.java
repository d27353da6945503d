package dev.skep.queen.bulk;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.json.JsonText;
import dev.skep.queen.dispatch.Answer;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.job.JobAnswers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines a bulk client is answered, each ended by a line feed. */
final class AnswerLine {
  private AnswerLine() {}

  /** How a job ended. */
  static byte[] ended(BulkLine line, Answer answer) {
    Problem problem = answer.problem();
    if (answer.state() != JobState.COMPLETED && problem != null) {
      String end = ",\"problem\":" + problem.toJson() + ",\"cost\":\"" + answer.cost() + "\"}\n";
      return join(line.quotedKey(), job(answer.job()), bytes(end));
    }
    Optional<BlobRef> large = BlobRef.of(answer.output());
    if (large.isPresent()) {
      String place = ",\"outputAt\":" + JobAnswers.place(answer.job(), large.get());
      String end = ",\"cost\":\"" + answer.cost() + "\"}\n";
      return join(line.quotedKey(), job(answer.job()), bytes(place + end));
    }
    try {
      JsonText.check(answer.output());
    } catch (SkepException e) {
      return join(line.quotedKey(), job(answer.job()), problem(notJson()));
    }
    return join(
        line.quotedKey(),
        job(answer.job()),
        bytes(",\"output\":"),
        onOneLine(answer.output()),
        bytes(",\"cost\":\"" + answer.cost() + "\"}\n"));
  }

  /** Taken in and durable; nobody waits for its end here. */
  static byte[] accepted(BulkLine line, JobId job) {
    return join(line.quotedKey(), job(job), bytes(",\"state\":\"ACCEPTED\"}\n"));
  }

  /** The line made no job, or none whose answer could be waited for. */
  static byte[] refused(BulkLine line, Problem why) {
    return join(line.quotedKey(), problem(why));
  }

  /** A line that could not be read; only its place names it. */
  static byte[] unreadable(long number, Problem why) {
    return bytes("{\"line\":" + number + ",\"problem\":" + why.toJson() + "}\n");
  }

  private static byte[] job(JobId job) {
    return bytes(",\"job\":\"" + job + "\"");
  }

  private static byte[] problem(Problem why) {
    return bytes(",\"problem\":" + why.toJson() + "}\n");
  }

  /**
   * A provider's bytes must not end our line and forge another one's answer: between JSON's tokens
   * a line feed is a space, and within strings the check has refused it.
   */
  private static byte[] onOneLine(byte[] json) {
    byte[] line = json.clone();
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }

  private static Problem notJson() {
    return SkepException.of("output-invalid", 502)
        .fault(Fault.PROVIDER)
        .because("the provider's answer is not JSON")
        .hint("Use a pool with verification: quorum or spot-check.")
        .problem();
  }

  private static byte[] join(byte[] key, byte[]... parts) {
    int length = 8 + key.length;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(length);
    line.writeBytes(bytes("{\"key\":"));
    line.writeBytes(key);
    for (byte[] part : parts) {
      line.writeBytes(part);
    }
    return line.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
