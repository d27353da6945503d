package dev.skep.queen.provider;

import dev.skep.protocol.wallet.WalletAddress;

/** Who wants a session, from which machine and address, with which program. */
record NewSession(WalletAddress provider, String machineId, String ip, String software) {}
