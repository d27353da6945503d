package dev.skep.protocol.wire;

/** What is said; lists from day one, so that a burst is one message. */
public sealed interface Message
    permits Pull, SlotReports, Results, Offers, Accepted, Cancel, Goodbye {
  MessageType type();
}
