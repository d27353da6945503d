/**
 * The life of a connector's connection: sign in, open a session, take slots, exchange sealed
 * messages, and begin again when it breaks. Transport is behind {@link
 * dev.skep.provider.connection.ConnectorLink}.
 */
@NullMarked
package dev.skep.provider.connection;

import org.jspecify.annotations.NullMarked;
