/**
 * The connector's link over OpenMQ's JMS client: TLS with the broker's pinned key, bytes messages
 * only, no reconnecting by the library (it hangs after a kill, see {@link
 * dev.skep.provider.connection.Connector} for ours).
 */
@NullMarked
package dev.skep.provider.jms;

import org.jspecify.annotations.NullMarked;
