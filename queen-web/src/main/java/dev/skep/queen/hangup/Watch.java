package dev.skep.queen.hangup;

/** One call whose client is watched. */
public interface Watch {

  /** A client that may go without being missed. */
  Watch NONE =
      new Watch() {
        @Override
        public boolean isGone() {
          return false;
        }

        @Override
        public void end() {}
      };

  boolean isGone();

  /** To be called before the call is answered: its client may send the next one at once. */
  void end();
}
