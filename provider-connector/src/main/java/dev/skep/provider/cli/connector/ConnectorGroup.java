package dev.skep.provider.cli.connector;

import dev.skep.provider.cli.Group;
import picocli.CommandLine;

@CommandLine.Command(
    name = "connector",
    description = "Steer the connector of this wallet that runs on this machine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ConnectorStatus.class,
      ConnectorPause.class,
      ConnectorResume.class,
      ConnectorDrain.class
    },
    footer = {
      "",
      "Examples:",
      "  skep connector status     what it does now",
      "  skep connector pause      finish what runs, take nothing more; slots are kept",
      "  skep connector resume     take jobs again",
      "  skep connector drain      finish what runs, leave the pool, end"
    })
public final class ConnectorGroup extends Group {}
