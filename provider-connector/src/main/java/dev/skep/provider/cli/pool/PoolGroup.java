package dev.skep.provider.cli.pool;

import dev.skep.provider.cli.Group;
import picocli.CommandLine;

@CommandLine.Command(
    name = "pool",
    description = "List, fund, join, call and close pools.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  skep pool new --config pool.yml --job job.py",
      "  skep pool list --state open",
      "  skep pool join POOL_ID -n 10"
    },
    subcommands = {
      PoolNew.class,
      PoolList.class,
      PoolShow.class,
      PoolFund.class,
      PoolJoin.class,
      PoolCall.class,
      PoolRun.class,
      PoolResults.class,
      PoolPause.class,
      PoolResume.class,
      PoolClose.class
    })
public final class PoolGroup extends Group {}
