package dev.skep.queen.ledger;

import dev.skep.protocol.wallet.WalletAddress;

/**
 * Where the contracts of our chain are.
 *
 * @param voucherSigner whom pool owners appoint to sign vouchers; the zero address for nobody
 */
public record Deployment(
    long chainId,
    WalletAddress token,
    WalletAddress forwarder,
    WalletAddress ledger,
    WalletAddress voucherSigner) {}
