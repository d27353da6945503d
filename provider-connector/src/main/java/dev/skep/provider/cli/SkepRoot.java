package dev.skep.provider.cli;

import dev.skep.provider.cli.connector.ConnectorGroup;
import dev.skep.provider.cli.job.JobGroup;
import dev.skep.provider.cli.pool.JoinGroup;
import dev.skep.provider.cli.pool.PoolGroup;
import dev.skep.provider.cli.service.ServiceGroup;
import dev.skep.provider.cli.wallet.WalletGroup;
import dev.skep.provider.cli.webhook.WebhookGroup;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
    name = "skep",
    description = "Lend and use computing power: pools of jobs, run in Docker, paid in tokens.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    versionProvider = VersionText.class,
    subcommands = {
      PoolGroup.class,
      JoinGroup.class,
      JobGroup.class,
      WebhookGroup.class,
      WalletGroup.class,
      ConnectorGroup.class,
      Evaluate.class,
      Security.class,
      Doctor.class,
      Verify.class,
      ServiceGroup.class,
      Update.class,
      Completion.class
    },
    footer = {
      "",
      "Examples:",
      "  skep pool new --config pool.yml --job job.py    list a pool",
      "  skep evaluate                                   is this machine fit to join one?",
      "  skep doctor                                     what is wrong here, and how to mend it",
      "  skep pool join POOL_ID -n 10                    lend ten slots (also: skep join pool POOL_ID)",
      "  skep pool call POOL_ID --input '{\"text\":\"hi\"}'  run a job",
      "  skep wallet claim                               get what was earned",
      "  source <(skep completion bash)                  complete commands with the tab key",
      "",
      "Environment: MNEMONIC (the wallet; empty or unset: SKEP_HOME/wallet.json), SKEP_HOME (~/.skep),",
      "  SKEP_QUEEN (URL), SKEP_QUEEN_CERT (file), SKEP_WALLET_PASSWORD, SKEP_RPC (the chain's RPC address).",
      "Exit codes: 0 done; 1 tried and failed (job failed, proof false); 2 wrong command line or file;",
      "  3 refused by the queen; 4 queen or chain unreachable or too slow; 5 this machine lacks something;",
      "  70 a bug of this program. With --json a problem is one problem+json line on stderr."
    })
final class SkepRoot extends Group {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version, the wire it speaks and the build.")
  boolean version;
}
