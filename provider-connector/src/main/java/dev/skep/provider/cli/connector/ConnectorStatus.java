package dev.skep.provider.cli.connector;

import dev.skep.provider.cli.ExitCode;
import dev.skep.provider.dependency.CacheRoom;
import dev.skep.provider.limit.OwnerRules;
import dev.skep.provider.limit.OwnerRulesReader;
import dev.skep.provider.pool.Quantity;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
    name = "status",
    description = "What the connector does: its pool, whether it takes jobs, its slots, its disk.",
    footer = {"", "Example:", "  skep connector status --json"})
public final class ConnectorStatus extends Steer {

  @Override
  protected int run() {
    JsonObject state = state();
    OwnerRules.Room room = OwnerRulesReader.read(counter().home().limits()).room();
    long used = new CacheRoom(counter().home().cache(), room.diskBytes()).used();
    JsonObjectBuilder json = Json.createObjectBuilder(state).add("diskUsed", used);
    List<String> lines = new ArrayList<>(lines(state));
    if (room.diskBytes() < Long.MAX_VALUE) {
      json.add("diskLimit", room.diskBytes());
      lines.add("disk " + Quantity.about(used) + " of " + Quantity.about(room.diskBytes()));
    } else {
      lines.add("disk " + Quantity.about(used) + ", no limit (disk in limits.yml)");
    }
    print().answer(json.build(), lines);
    return ExitCode.OK;
  }
}
