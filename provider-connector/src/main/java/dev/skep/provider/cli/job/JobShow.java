package dev.skep.provider.cli.job;

import dev.skep.protocol.id.JobId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.cli.Command;
import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.cli.Table;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "show",
    description = "Show a job with its attempts, what each cost, and their receipts.",
    footer = {"", "Example:", "  skep job show JOB_ID --json"})
public final class JobShow extends Command {
  @Parameters(paramLabel = "JOB_ID", description = "The job.")
  String job;

  @Override
  protected int run() {
    JsonObject shown = counter().signedIn().get("/api/jobs/" + JobId.parse(job)).object();
    print().answer(shown, lines(shown));
    return ExitCode.OK;
  }

  private static List<String> lines(JsonObject job) {
    Table facts = new Table();
    facts.row("job", Answers.text(job, "id"));
    facts.row("pool", Answers.text(job, "poolId"));
    facts.row("state", Answers.text(job, "state"));
    facts.row("created", Answers.text(job, "createdAt"));
    facts.row("ended", Answers.text(job, "endedAt"));
    facts.row("reserved", amount(job, "reserved"));
    facts.row("cost", amount(job, "cost"));
    facts.row("freed", amount(job, "freed"));
    if (job.get("problem") instanceof JsonObject problem) {
      detail(facts, Answers.text(problem, "detail"));
      facts.row("code", Answers.text(problem, "code"));
      facts.row("fault", Answers.text(problem, "fault"));
      facts.row("next", Answers.text(problem, "hint"));
    }
    List<String> lines = new ArrayList<>(facts.lines());
    lines.addAll(attempts(job));
    lines.addAll(receipts(job));
    return lines;
  }

  /** A traceback keeps its lines. */
  private static void detail(Table facts, String text) {
    String label = "problem";
    for (String line : text.strip().lines().toList()) {
      facts.row(label, line);
      label = "";
    }
  }

  private static List<String> attempts(JsonObject job) {
    Table table = new Table().row("").row("ATTEMPT", "STATE", "PROVIDER", "RUN", "COST", "PROBLEM");
    for (JsonObject attempt : items(job, "attempts")) {
      String problem =
          attempt.get("problem") instanceof JsonObject why ? Answers.text(why, "detail") : "";
      String firstLine = problem.lines().findFirst().orElse("");
      table.row(
          Answers.text(attempt, "number"),
          Answers.text(attempt, "state"),
          Answers.text(attempt, "provider"),
          Answers.text(attempt, "runMicros") + " us",
          amount(attempt, "cost"),
          firstLine);
    }
    return table.lines();
  }

  private static List<String> receipts(JsonObject job) {
    Table table = new Table().row("").row("RECEIPT", "AMOUNT", "PROVIDER", "BLOCK");
    for (JsonObject receipt : items(job, "receipts")) {
      table.row(
          Answers.text(receipt, "attempt"),
          amount(receipt, "amount"),
          Answers.text(receipt, "provider"),
          Answers.text(receipt, "blockNumber") + " " + Answers.text(receipt, "blockState"));
    }
    return table.lines();
  }

  private static String amount(JsonObject json, String name) {
    String text = Answers.text(json, name);
    return text.isEmpty() ? "" : TokenAmount.parse(text).toHuman();
  }

  private static List<JsonObject> items(JsonObject job, String name) {
    return job.get(name) instanceof JsonArray list ? list.getValuesAs(JsonObject.class) : List.of();
  }
}
