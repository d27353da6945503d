package dev.skep.queen.job;

import dev.skep.protocol.Problem;
import dev.skep.protocol.wallet.TokenAmount;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs as JSON. */
final class JobJson {
  private JobJson() {}

  static JsonObjectBuilder summary(JobRows.JobRow job) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", job.id().toString())
            .add("poolId", job.pool().toString())
            .add("client", job.client().value())
            .add("state", job.state().name())
            .add("createdAt", job.createdAt().toString())
            .add("reserved", job.reserved().toString())
            .add("cost", job.cost().toString());
    if (job.endedAt() != null) {
      json.add("endedAt", job.endedAt().toString())
          .add("freed", job.reserved().minus(job.cost()).toString());
    }
    return add(json, job.problem());
  }

  static JsonObject full(
      JobRows.JobRow job, List<JobRows.AttemptRow> attempts, List<JobRows.ReceiptRow> receipts) {
    JsonArrayBuilder tried = Json.createArrayBuilder();
    attempts.forEach(a -> tried.add(attempt(a).add("cost", cost(a, receipts).toString())));
    JsonArrayBuilder paid = Json.createArrayBuilder();
    receipts.forEach(receipt -> paid.add(receipt(receipt)));
    return summary(job).add("attempts", tried).add("receipts", paid).build();
  }

  private static TokenAmount cost(JobRows.AttemptRow attempt, List<JobRows.ReceiptRow> receipts) {
    return receipts.stream()
        .filter(receipt -> receipt.attempt() == attempt.number())
        .map(JobRows.ReceiptRow::amount)
        .reduce(TokenAmount.ZERO, TokenAmount::plus);
  }

  private static JsonObjectBuilder attempt(JobRows.AttemptRow attempt) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("number", attempt.number())
            .add("provider", attempt.provider().value())
            .add("slotId", attempt.slot().toString())
            .add("state", attempt.state())
            .add("own", attempt.own());
    if (attempt.runMicros() != null) {
      json.add("runMicros", attempt.runMicros());
    }
    byte[] sha256 = attempt.sha256();
    if (sha256 != null) {
      json.add("resultSha256", HexFormat.of().formatHex(sha256));
    }
    return add(json, attempt.problem());
  }

  private static JsonObjectBuilder receipt(JobRows.ReceiptRow receipt) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("attempt", receipt.attempt())
            .add("provider", receipt.provider().value())
            .add("amount", receipt.amount().toString());
    if (receipt.block() != null && receipt.blockState() != null) {
      json.add("blockNumber", receipt.block()).add("blockState", receipt.blockState());
    }
    return json;
  }

  static JsonObject log(JobRows.LogRow log) {
    return Json.createObjectBuilder()
        .add("attempt", log.attempt())
        .add("text", log.text())
        .add("truncated", log.truncated())
        .build();
  }

  private static JsonObjectBuilder add(JsonObjectBuilder json, @Nullable Problem problem) {
    return problem == null ? json : json.add("problem", problem.toJson());
  }
}
