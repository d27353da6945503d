package dev.skep.provider.cli;

import dev.skep.provider.docker.DockerSettings;
import dev.skep.provider.docker.EngineCheck;
import dev.skep.provider.doctor.BrokerCheck;
import dev.skep.provider.doctor.Check;
import dev.skep.provider.doctor.ConnectorCheck;
import dev.skep.provider.doctor.HomeCheck;
import dev.skep.provider.doctor.QueenCheck;
import dev.skep.provider.home.MachineId;
import dev.skep.provider.jms.JmsLinkDialer;
import dev.skep.provider.runtime.Finding;
import dev.skep.provider.runtime.Finding.Severity;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
    name = "doctor",
    description = "Look at everything a provider needs; say what is wrong and what to do about it.",
    footer = {
      "",
      "Example:",
      "  skep doctor --json",
      "",
      "Looks at Docker, its images and firewall, disks, the wallet's file, the queen, her clock and broker.",
      "Exit code 5 when a finding says that no job can run here."
    })
public final class Doctor extends Command {

  @Override
  protected int run() {
    List<Finding> findings = new dev.skep.provider.doctor.Doctor(checks()).examine();
    boolean healthy = findings.stream().noneMatch(f -> f.severity() == Severity.BLOCKING);
    print().answer(json(findings, healthy), lines(findings, healthy));
    return healthy ? ExitCode.OK : ExitCode.MACHINE;
  }

  private List<Check> checks() {
    return List.of(
        new EngineCheck(DockerSettings.standard()),
        new HomeCheck(counter().home()),
        new QueenCheck(counter()::queen, counter().surroundings().clock()),
        () -> new ConnectorCheck(counter().home(), counter().wallet().address()).look(),
        new BrokerCheck(counter()::freshSignIn, ownId(), new JmsLinkDialer()));
  }

  /** Not the connector's id: the queen keeps one session per wallet and machine. */
  private String ownId() {
    return new StringBuilder(MachineId.of(counter().home())).reverse().toString();
  }

  private static JsonObject json(List<Finding> findings, boolean healthy) {
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (Finding finding : findings) {
      list.add(
          Json.createObjectBuilder()
              .add("severity", finding.severity().name())
              .add("code", finding.code())
              .add("message", finding.message())
              .add("fix", finding.fix()));
    }
    return Json.createObjectBuilder().add("healthy", healthy).add("findings", list).build();
  }

  private static List<String> lines(List<Finding> findings, boolean healthy) {
    Table table = new Table();
    for (Finding finding : findings) {
      table.row(mark(finding), finding.code(), finding.message());
      if (!mark(finding).equals("ok")) {
        table.row("", "", "fix: " + finding.fix());
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(healthy ? "fit to lend" : "not fit to lend yet: see what is marked BLOCKING");
    return lines;
  }

  private static String mark(Finding finding) {
    boolean fine = finding.severity() == Severity.INFO;
    return fine && finding.fix().equals(Finding.NOTHING) ? "ok" : finding.severity().name();
  }
}
