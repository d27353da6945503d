package dev.skep.queen.dispatch;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.wire.Blob;
import java.util.Optional;

/** Outputs that came over HTTPS before their results. */
@FunctionalInterface
public interface BroughtOutputs {
  /** The output that was brought for this attempt, when it is durable and its hash was checked. */
  Optional<BlobRef> of(AttemptRef attempt, Blob named);
}
