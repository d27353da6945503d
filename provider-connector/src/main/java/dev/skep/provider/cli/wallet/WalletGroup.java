package dev.skep.provider.cli.wallet;

import dev.skep.provider.cli.Group;
import picocli.CommandLine;

@CommandLine.Command(
    name = "wallet",
    description = "Show the wallet, claim what it earned, withdraw what it deposited.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Examples:", "  skep wallet balance", "  skep wallet claim"},
    subcommands = {
      ShowAddress.class,
      ShowBalance.class,
      ShowToken.class,
      Claim.class,
      Withdraw.class
    })
public final class WalletGroup extends Group {}
