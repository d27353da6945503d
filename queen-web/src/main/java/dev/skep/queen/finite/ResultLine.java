package dev.skep.queen.finite;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.json.JsonText;
import dev.skep.queen.finite.ResultRows.Result;
import dev.skep.queen.job.Kept;
import dev.skep.queen.rest.Problems;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The line of one input: the output of its job, or its problem. */
final class ResultLine {
  private final Kept kept;

  ResultLine(Kept kept) {
    this.kept = kept;
  }

  void write(Result result, OutputStream to) throws IOException {
    byte[] output = result.output();
    try {
      kept.require(result.job(), result.endedAt());
      if (result.problem() != null) {
        problem(result, Problems.stored(result.problem()), to);
      } else if (output == null) {
        throw kept.expired(result.job());
      } else {
        to.write(oneLine(output));
      }
    } catch (SkepException e) {
      problem(result, e.problem().toJson(), to);
    }
    to.write('\n');
  }

  private static byte[] oneLine(byte[] output) {
    try {
      JsonText.check(output);
    } catch (SkepException e) {
      throw SkepException.of("output-invalid", 502)
          .fault(Fault.PROVIDER)
          .because("the provider's answer is not JSON")
          .hint("Use a pool with verification: quorum or spot-check.")
          .causedBy(e);
    }
    return JsonText.onOneLine(output);
  }

  private static void problem(Result result, JsonObject problem, OutputStream to)
      throws IOException {
    JsonObject line =
        Json.createObjectBuilder()
            .add("problem", problem)
            .add("job", result.job().toString())
            .build();
    to.write(line.toString().getBytes(StandardCharsets.UTF_8));
  }
}
