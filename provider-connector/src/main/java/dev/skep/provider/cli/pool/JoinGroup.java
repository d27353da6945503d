package dev.skep.provider.cli.pool;

import dev.skep.provider.cli.Group;
import picocli.CommandLine;

@CommandLine.Command(
    name = "join",
    description = "The same as 'pool join': skep join pool POOL_ID.",
    synopsisSubcommandLabel = "pool",
    footer = {"", "Example:", "  skep join pool POOL_ID -n 10"},
    subcommands = JoinPool.class)
public final class JoinGroup extends Group {}
