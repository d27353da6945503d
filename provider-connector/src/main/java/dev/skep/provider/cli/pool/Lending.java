package dev.skep.provider.cli.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.Counter;
import dev.skep.provider.connection.Connector;
import dev.skep.provider.dependency.CacheRoom;
import dev.skep.provider.dependency.FileSource;
import dev.skep.provider.dependency.Mirrors;
import dev.skep.provider.dependency.Sources;
import dev.skep.provider.hardware.OshiUse;
import dev.skep.provider.limit.IdleWatch;
import dev.skep.provider.limit.MachineUse;
import dev.skep.provider.limit.OwnerRules;
import dev.skep.provider.limit.Throttle;
import dev.skep.provider.queen.PoolFiles;
import dev.skep.provider.slot.SeatState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What a connector gets of its machine by the owner's rules. */
record Lending(Counter counter, OwnerRules rules) {

  /** The room on disk; what is too much since the owner lends less is removed at once. */
  CacheRoom room() {
    CacheRoom room = new CacheRoom(counter.home().cache(), rules.room().diskBytes());
    try {
      room.tidy();
      return room;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look through " + room.cache(), e);
    }
  }

  /** Where the packages of a pool come from, no faster than the owner allows. */
  FileSource files(PoolId pool) {
    Throttle throttle = new Throttle(rules.network().meter().bytesPerSecond());
    FileSource files =
        Sources.of(new PoolFiles(counter::freshSignIn, pool), Mirrors.of(counter.home()::setting));
    return (file, offset) -> {
      FileSource.Part part = files.open(file, offset);
      return new FileSource.Part(part.from(), throttle.slow(part.bytes()));
    };
  }

  /** Watches what others than the connector do here. */
  static IdleWatch idle(OwnerRules rules, Connector connector) {
    MachineUse machine =
        rules.idle().isNone() ? MachineUse.NONE : new OshiUse(() -> containers(connector));
    return new IdleWatch(rules.idle(), machine, Instant::now);
  }

  private static List<String> containers(Connector connector) {
    return connector.seats().stream().map(SeatState::containerId).filter(Objects::nonNull).toList();
  }
}
