package dev.skep.queen.sql;

import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.id.SlotId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Our words as the types the driver knows. */
final class Arguments {
  private Arguments() {}

  static @Nullable Object toJdbc(@Nullable Object value) {
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof TokenAmount amount) {
      return new BigDecimal(amount.value());
    }
    if (value instanceof WalletAddress || value instanceof Enum<?>) {
      return value.toString();
    }
    return id(value);
  }

  private static @Nullable Object id(@Nullable Object value) {
    if (value instanceof PoolId pool) {
      return pool.value();
    }
    if (value instanceof JobId job) {
      return job.value();
    }
    if (value instanceof SlotId slot) {
      return slot.value();
    }
    return value instanceof SessionId session ? session.value() : value;
  }
}
