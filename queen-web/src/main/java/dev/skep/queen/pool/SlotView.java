package dev.skep.queen.pool;

import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.slot.SlotState;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.Caller;
import dev.skep.queen.rest.Problems;
import dev.skep.queen.rest.Role;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A slot of a pool that is still taken, or failed lately.
 *
 * @param problem as its connector told it: a traceback of the job may hold the job's secrets
 * @param software what its connector calls itself
 */
public record SlotView(
    SlotId id,
    int ordinal,
    WalletAddress provider,
    SlotState state,
    @Nullable String containerId,
    long jobsDone,
    @Nullable String problem,
    @Nullable String software) {
  private static final String UNTOLD =
      "Only the pool's owner and the slot's provider see the detail.";

  /** Why it failed: whole for whom it concerns, for all others without what was said about it. */
  Optional<JsonObject> problemFor(Optional<Caller> caller, WalletAddress owner) {
    return Optional.ofNullable(problem)
        .map(Problems::stored)
        .map(told -> caller.filter(who -> concerns(who, owner)).isPresent() ? told : untold(told));
  }

  private boolean concerns(Caller caller, WalletAddress owner) {
    return caller.address().equals(owner)
        || caller.address().equals(provider)
        || caller.has(Role.OPERATOR);
  }

  private static JsonObject untold(JsonObject problem) {
    return Json.createObjectBuilder(problem).add("detail", UNTOLD).build();
  }
}
