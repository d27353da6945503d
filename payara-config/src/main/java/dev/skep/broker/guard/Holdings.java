package dev.skep.broker.guard;

/**
 * What a connection holds in the broker, by the numbers the broker gave out. The numbers count
 * through the whole broker, so a client can name those of another; <em>foreign</em> means that it
 * exists and belongs to another connection.
 */
interface Holdings {
  boolean foreignSession(long id);

  boolean foreignProducer(long id);

  boolean foreignConsumer(long id);

  int sessions();

  int producers();

  int consumers();
}
