package dev.skep.provider.connection;

/** Opens links; the only thing the rest knows of the transport. */
public interface LinkDialer {
  /**
   * Connects and starts listening.
   *
   * @throws dev.skep.protocol.SkepException {@code link-refused} when the broker does not take the
   *     session's token or shows another key, {@code link-lost} (retryable) when it is not there
   */
  ConnectorLink dial(SessionGrant grant, LinkListener listener);
}
