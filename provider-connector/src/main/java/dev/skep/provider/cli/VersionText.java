package dev.skep.provider.cli;

import dev.skep.provider.update.RunningProgram;
import picocli.CommandLine.IVersionProvider;

/** What {@code skep --version} prints; nothing else costs the time of finding it out. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {RunningProgram.software().toString()};
  }
}
