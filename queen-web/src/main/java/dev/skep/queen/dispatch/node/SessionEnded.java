package dev.skep.queen.dispatch.node;

import dev.skep.protocol.id.SessionId;

/** A connector session is over; whatever still hangs on it goes too. */
public record SessionEnded(SessionId session, String reason) {}
