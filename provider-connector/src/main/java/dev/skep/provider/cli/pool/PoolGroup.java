package dev.skep.provider.cli.pool;

import dev.skep.provider.cli.Group;
import picocli.CommandLine;

@CommandLine.Command(
    name = "pool",
    description = "List, fund, join, call and close pools.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PoolNew.class,
      PoolList.class,
      PoolShow.class,
      PoolFund.class,
      PoolJoin.class,
      PoolCall.class,
      PoolClose.class
    })
public final class PoolGroup extends Group {}
