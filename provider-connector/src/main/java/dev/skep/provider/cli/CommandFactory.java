package dev.skep.provider.cli;

import picocli.CommandLine;

/** Makes commands and gives them their surroundings. */
final class CommandFactory implements CommandLine.IFactory {
  private final CommandLine.IFactory plain = CommandLine.defaultFactory();
  private final Surroundings surroundings;

  CommandFactory(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    K made = plain.create(type);
    if (made instanceof Command command) {
      command.setSurroundings(surroundings);
    }
    return made;
  }
}
