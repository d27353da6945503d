package dev.skep.queen.dispatch;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.job.AttemptState;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Looks up attempts of jobs that are no longer in memory; never blocks the caller. */
public interface PastAttempts {
  CompletableFuture<Optional<Fact>> find(AttemptRef attempt);

  /** Whose attempt it was and how it ended. */
  record Fact(WalletAddress provider, SlotId slot, AttemptState state) {}
}
