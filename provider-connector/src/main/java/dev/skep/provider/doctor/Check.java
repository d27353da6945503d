package dev.skep.provider.doctor;

import dev.skep.protocol.SkepException;
import dev.skep.provider.runtime.Finding;
import java.util.List;

/** One thing a doctor looks at. */
@FunctionalInterface
public interface Check {

  /**
   * What it found, also when all is well.
   *
   * @throws SkepException when it could not look; that is a finding too
   */
  List<Finding> look();
}
