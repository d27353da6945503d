package dev.skep.queen.dispatch.jms;

/** Puts bytes into an inbox; throws {@link InboxGone} when it cannot. Used by one thread. */
interface Inboxes extends AutoCloseable {
  void send(String inbox, byte[] frame);

  @Override
  void close();

  /** The inbox was deleted, or the broker does not take anything for it. */
  final class InboxGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InboxGone(String inbox, Throwable cause) {
      super("cannot send to " + inbox, cause);
    }
  }
}
