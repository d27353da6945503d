package dev.skep.provider.wallet;

import dev.skep.protocol.Fault;
import dev.skep.protocol.Problem;
import dev.skep.protocol.SkepException;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.Patience;
import dev.skep.provider.queen.QueenApi;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Something the queen does on the chain for a wallet: accepted at once, done a little later. */
record RelayRequest(String path, String id) {
  static RelayRequest read(String path, JsonObject accepted) {
    return new RelayRequest(path, Answers.read(path, () -> accepted.getString("id")));
  }

  /** Waits until it is in a block; the transaction's hash. */
  String await(QueenApi queen, Patience patience, String what) {
    return patience.await(what, () -> outcome(queen.get("/api/relay/" + id).object(), what));
  }

  private Optional<String> outcome(JsonObject answer, String what) {
    return switch (Answers.text(answer, "state")) {
      case "DONE" -> Optional.of(Answers.text(answer, "txHash"));
      case "FAILED" -> throw failed(answer, what);
      default -> Optional.empty();
    };
  }

  private SkepException failed(JsonObject answer, String what) {
    if (answer.get("problem") instanceof JsonObject problem && problem != JsonValue.NULL) {
      return Problem.fromJson(problem).toException();
    }
    return SkepException.of("relay-failed", 502)
        .fault(Fault.CHAIN)
        .because("the chain refused " + what)
        .hint("Run the command again; if it fails again, ask the queen's operator about " + id);
  }
}
