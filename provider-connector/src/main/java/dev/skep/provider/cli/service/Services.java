package dev.skep.provider.cli.service;

import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.Counter;
import dev.skep.provider.service.UserServices;
import dev.skep.provider.service.UserServices.Said;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.nio.file.Path;
import java.util.List;

/** What the commands of this package share. */
final class Services {
  private Services() {}

  static UserServices of(Counter counter) {
    Path home = Path.of(System.getProperty("user.home"));
    return new UserServices(
        System.getProperty("os.name"), home, counter.surroundings().environment());
  }

  /** One service per pool: its name begins as the pool's id does. */
  static String name(String pool) {
    return "skep-" + PoolId.parse(pool).toString().substring(0, 13);
  }

  static JsonArrayBuilder json(List<Said> all) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Said said : all) {
      array.add(
          Json.createObjectBuilder()
              .add("command", said.command())
              .add("exit", said.exit())
              .add("text", said.text()));
    }
    return array;
  }

  static List<String> lines(List<Said> all) {
    return all.stream()
        .map(said -> said.command() + ": " + (said.isDone() ? "done" : said.text()))
        .toList();
  }
}
