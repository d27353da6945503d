package dev.skep.provider.control;

import dev.skep.provider.slot.SeatState;
import java.util.List;

/** What a {@link Steering} steers. */
public interface Steered {

  /** Takes no more jobs, or takes them again; what is held is finished either way. */
  void pause(boolean paused);

  /** Finishes what is held and leaves; returns at once. */
  void drain();

  List<SeatState> seats();
}
