package dev.skep.queen.provider;

import dev.skep.protocol.wallet.WalletAddress;

/**
 * Who wants a session, from which machine and address, with which program.
 *
 * @param takesBlobs it fetches inputs that are too long for a message
 */
record NewSession(
    WalletAddress provider, String machineId, String ip, String software, boolean takesBlobs) {}
