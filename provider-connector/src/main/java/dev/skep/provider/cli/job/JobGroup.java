package dev.skep.provider.cli.job;

import dev.skep.provider.cli.Group;
import picocli.CommandLine;

@CommandLine.Command(
    name = "job",
    description = "Look at jobs, their logs and evidence; cancel them.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  skep job show JOB_ID",
      "  skep job output JOB_ID --output result.json",
      "  skep job logs JOB_ID"
    },
    subcommands = {
      JobShow.class,
      JobOutput.class,
      JobLogs.class,
      JobEvidence.class,
      JobCancel.class
    })
public final class JobGroup extends Group {}
