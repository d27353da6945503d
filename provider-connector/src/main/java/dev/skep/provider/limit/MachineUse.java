package dev.skep.provider.limit;

import java.time.Duration;
import java.util.Optional;

/** What others than this connector and its containers do with the machine. */
public interface MachineUse {

  /** Nobody else is there. */
  MachineUse NONE =
      new MachineUse() {
        @Override
        public double othersLoad() {
          return 0;
        }

        @Override
        public Optional<Duration> sinceInput() {
          return Optional.empty();
        }
      };

  /** Mean share of all processors since this was asked last, from 0 to 1. */
  double othersLoad();

  /** How long ago somebody typed; empty where that cannot be told. */
  Optional<Duration> sinceInput();
}
