package dev.skep.provider.doctor;

import static dev.skep.provider.doctor.Doctor.fine;

import dev.skep.protocol.SkepException;
import dev.skep.provider.connection.ConnectorLink;
import dev.skep.provider.connection.LinkDialer;
import dev.skep.provider.connection.LinkListener;
import dev.skep.provider.connection.SessionGrant;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.runtime.Finding;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/**
 * The broker: opens a session as a connector would, connects with the pinned key, and ends it.
 *
 * @param signIn signs the wallet in
 * @param machineId of the session; not a connector's, which would be thrown out
 */
public record BrokerCheck(Supplier<QueenApi> signIn, String machineId, LinkDialer dialer)
    implements Check {

  private static final String SESSIONS = "/api/connector/sessions";
  private static final LinkListener DEAF =
      new LinkListener() {
        @Override
        public void received(byte[] frame) {}

        @Override
        public void lost(SkepException why) {}
      };

  @Override
  public List<Finding> look() {
    QueenApi queen = signIn.get();
    JsonObject machine =
        Json.createObjectBuilder().add("machineId", machineId).add("software", "doctor").build();
    SessionGrant grant = SessionGrant.read(queen.post(SESSIONS, machine).object());
    try (ConnectorLink link = dialer.dial(grant, DEAF)) {
      return List.of(
          fine("wallet-welcome", "The queen lets this wallet in."),
          fine("broker-answers", "The broker " + grant.door().url() + " answers with its key."));
    } finally {
      queen.delete(SESSIONS + "/" + grant.id());
    }
  }
}
