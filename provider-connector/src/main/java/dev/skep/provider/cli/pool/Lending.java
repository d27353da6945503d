package dev.skep.provider.cli.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.provider.cli.Counter;
import dev.skep.provider.connection.Connector;
import dev.skep.provider.data.ContentSource;
import dev.skep.provider.data.DataCache;
import dev.skep.provider.data.Download;
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
import dev.skep.provider.queen.StandingSignIn;
import dev.skep.provider.slot.SeatState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What a connector gets of its machine by the owner's rules. */
record Lending(Counter counter, OwnerRules rules, Throttle throttle) {

  /** Everything that is fetched shares the owner's bandwidth. */
  Lending(Counter counter, OwnerRules rules) {
    this(counter, rules, new Throttle(rules.network().meter().bytesPerSecond()));
  }

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

  /** What travels with a pool, at its queen. */
  PoolFiles travelling(PoolId pool) {
    return new PoolFiles(
        new StandingSignIn(counter::freshSignIn, counter.surroundings().clock()), pool);
  }

  /** Where the packages of a pool come from, no faster than the owner allows. */
  FileSource files(PoolFiles travelling) {
    FileSource files = Sources.of(travelling, Mirrors.of(counter.home()::setting));
    return (file, offset) -> slow(files.open(file, offset));
  }

  /** The sets of data that are kept here; theirs is a part of the room of all. */
  DataCache data() {
    long bound = Math.min(DataCache.BOUND, rules.room().diskBytes());
    return new DataCache(counter.home().cache().resolve("data"), bound);
  }

  /** Where the data of a pool comes from, no faster and no more than the owner allows. */
  ContentSource contents(PoolFiles travelling, CacheRoom room) {
    return (sha256, offset) -> room.into(slow(travelling.open(sha256, offset)));
  }

  private Download.Part slow(Download.Part part) {
    return new Download.Part(part.from(), throttle.slow(part.bytes()));
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
