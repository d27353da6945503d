package dev.skep.provider.cli;

import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.protocol.release.Software;
import dev.skep.provider.update.Installation;
import dev.skep.provider.update.RunningProgram;
import dev.skep.provider.update.Updater;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "update",
    description = "Get the version of this program that the queen offers.",
    footer = {
      "",
      "Examples:",
      "  skep update --check     is there another one?",
      "  skep update             get it: signature, checksum and a first start are checked before",
      "  skep update --back      return to the version before",
      "",
      "A connector that runs goes on with its version until it is started again; one that runs with",
      "'skep pool join --auto-update' changes over by itself, between jobs."
    })
final class Update extends Command {
  @Option(names = "--check", description = "Only look.")
  boolean check;

  @Option(names = "--back", description = "Return to the version before.")
  boolean back;

  @Option(names = "--older", description = "Take the queen's version even when it is older.")
  boolean older;

  @Override
  protected int run() {
    Installation installation = Installation.running();
    Updater updater = new Updater(installation, counter().queen(), this::tell);
    if (back) {
      String jar = updater.rollBack().getFileName().toString();
      print().answer(Json.createObjectBuilder().add("jar", jar).build(), List.of("back to " + jar));
      return ExitCode.OK;
    }
    ReleaseManifest offer = updater.offer();
    boolean isNew = updater.isNew(offer);
    if (isNew && !check) {
      print().progress("getting " + offer.version() + ", " + offer.size() + " bytes");
      updater.install(offer, older);
    }
    print().answer(json(offer, isNew), List.of(line(offer, isNew)));
    return ExitCode.OK;
  }

  private void tell(int percent) {
    if (percent % 10 == 0) {
      print().progress("downloaded " + percent + " %");
    }
  }

  private JsonObject json(ReleaseManifest offer, boolean isNew) {
    Software mine = RunningProgram.software();
    return Json.createObjectBuilder()
        .add("running", mine.toString())
        .add("offered", offer.version().toString())
        .add("build", offer.build())
        .add("new", isNew)
        .add("installed", isNew && !check)
        .build();
  }

  private String line(ReleaseManifest offer, boolean isNew) {
    String name = offer.version() + " (" + offer.build() + ")";
    if (!isNew) {
      return "up to date: " + name;
    }
    return check
        ? "the queen offers " + name + "; next: skep update"
        : "installed " + name + "; it is the version of the next start";
  }
}
