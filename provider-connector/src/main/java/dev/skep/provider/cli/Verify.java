package dev.skep.provider.cli;

import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.proof.Evidence;
import dev.skep.chain.proof.EvidenceCheck;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "verify",
    description = "Check evidence of receipts against the chain; needs no queen and no wallet.",
    footer = {
      "",
      "Example:",
      "  skep verify evidence.json --rpc https://rpc.api.lisk.com --ledger 0x...",
      "",
      "Evidence names the ledger contract it stands on; --ledger says which one you trust.",
      "Exit code 1 when a check fails, 4 when the chain cannot be asked."
    })
public final class Verify extends Command {
  private static final long MOST_BYTES = 64L << 20;

  @Parameters(paramLabel = "FILE", description = "One evidence document, or an array of them.")
  Path file;

  @Option(names = "--rpc", required = true, paramLabel = "URL", description = "A node you trust.")
  String rpc;

  @Option(
      names = "--ledger",
      paramLabel = "ADDRESS",
      description = "The ledger contract you trust; evidence on another one fails.")
  @Nullable String ledger;

  private final Map<Evidence.Place, LedgerChain> chains = new HashMap<>();

  @Override
  protected int run() {
    List<Evidence> documents = Evidence.parse(text());
    JsonArrayBuilder results = Json.createArrayBuilder();
    List<String> lines = new ArrayList<>();
    int failed = 0;
    for (Evidence document : documents) {
      List<EvidenceCheck> checks = checks(document);
      boolean passed = EvidenceCheck.allPassed(checks);
      failed += passed ? 0 : 1;
      results.add(json(document, checks));
      lines.addAll(lines(document, checks));
    }
    boolean verified = failed == 0 && !documents.isEmpty();
    lines.add(
        (verified ? "verified: " : "NOT verified: ")
            + (documents.size() - failed)
            + " of "
            + documents.size()
            + " receipts hold");
    JsonObject answer =
        Json.createObjectBuilder()
            .add("verified", verified)
            .add("receipts", documents.size())
            .add("failed", failed)
            .add("results", results)
            .build();
    print().answer(answer, lines);
    return verified ? ExitCode.OK : ExitCode.FAILED;
  }

  private String text() {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw unreadable("it is larger than " + MOST_BYTES + " bytes", null);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(String.valueOf(e), e);
    }
  }

  private SkepException unreadable(String why, @Nullable Exception e) {
    SkepException problem =
        SkepException.of("evidence-unreadable", 400)
            .fault(Fault.CALLER)
            .because("cannot read the evidence " + file + ": " + why)
            .hint("Get it with: skep job evidence JOB_ID > evidence.json");
    return e == null ? problem : problem.causedBy(e);
  }

  private List<EvidenceCheck> checks(Evidence document) {
    List<EvidenceCheck> checks = new ArrayList<>();
    if (ledger != null) {
      WalletAddress trusted = WalletAddress.parse(ledger);
      boolean same = trusted.equals(document.place().ledger());
      checks.add(new EvidenceCheck("ledger-trusted", same, "the evidence stands on " + trusted));
    }
    checks.addAll(EvidenceCheck.run(document, chain(document.place())));
    return checks;
  }

  private LedgerChain chain(Evidence.Place place) {
    // Nothing that is checked goes through the forwarder, so its address does not matter here.
    return chains.computeIfAbsent(
        place,
        p ->
            counter()
                .surroundings()
                .chains()
                .apply(new Contracts(p.token(), p.ledger(), p.ledger()), rpc));
  }

  private static JsonObjectBuilder json(Evidence document, List<EvidenceCheck> checks) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (EvidenceCheck check : checks) {
      array.add(
          Json.createObjectBuilder()
              .add("name", check.name())
              .add("passed", check.passed())
              .add("detail", check.detail()));
    }
    return Json.createObjectBuilder()
        .add("receipt", document.receipt().leaf().attempt().toString())
        .add("verified", EvidenceCheck.allPassed(checks))
        .add("checks", array);
  }

  private static List<String> lines(Evidence document, List<EvidenceCheck> checks) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "receipt "
            + document.receipt().leaf().attempt()
            + ", "
            + document.receipt().leaf().amount().toHuman()
            + " to "
            + document.receipt().leaf().provider());
    for (EvidenceCheck check : checks) {
      lines.add((check.passed() ? "  ok    " : "  FALSE ") + check.name() + ": " + check.detail());
    }
    return lines;
  }
}
