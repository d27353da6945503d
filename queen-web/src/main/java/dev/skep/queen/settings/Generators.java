package dev.skep.queen.settings;

import dev.skep.protocol.id.Uuid7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The clock and the id generator of this node, so that tests can bring their own. */
@ApplicationScoped
public class Generators {
  private final Uuid7 ids = Uuid7.system();

  @Produces
  @Dependent
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Dependent
  public Uuid7 ids() {
    return ids;
  }
}
