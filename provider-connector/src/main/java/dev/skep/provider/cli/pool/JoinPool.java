package dev.skep.provider.cli.pool;

import picocli.CommandLine;

@CommandLine.Command(
    name = "pool",
    description = "Lend slots of this machine to a pool; the same as 'skep pool join'.")
public final class JoinPool extends PoolJoin {}
