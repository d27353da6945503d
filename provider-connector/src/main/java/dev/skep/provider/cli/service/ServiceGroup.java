package dev.skep.provider.cli.service;

import dev.skep.provider.cli.Group;
import picocli.CommandLine;

@CommandLine.Command(
    name = "service",
    description = "Keep a connector running: a systemd user unit, or a launchd agent on macOS.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  skep service install POOL_ID -n 2",
      "  skep service status POOL_ID",
      "  skep service uninstall POOL_ID"
    },
    subcommands = {ServiceInstall.class, ServiceStatus.class, ServiceUninstall.class})
public final class ServiceGroup extends Group {}
