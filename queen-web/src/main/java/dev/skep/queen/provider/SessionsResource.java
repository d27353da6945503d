package dev.skep.queen.provider;

import dev.skep.broker.BrokerNames;
import dev.skep.broker.BrokerSessions;
import dev.skep.protocol.id.SessionId;
import dev.skep.queen.download.Skew;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.rest.Members;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Base64;

/** Where a signed-in connector gets its way to the broker. */
@Path("/api/connector/sessions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class SessionsResource {
  private static final int HEARTBEAT_SECONDS = 5;
  private static final int LEASE_SECONDS = 20;

  @Inject ConnectorSessions sessions;
  @Inject QueenSettings settings;
  @Inject Skew skew;
  @Inject CurrentCaller caller;
  @Context HttpServletRequest request;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response open(byte[] body) {
    Members members = Members.of(JsonBody.object(body), "machineId", "software", "takes");
    String machineId = members.text("machineId", 1, 128);
    String software = members.text("software", 1, 200);
    // What a later connector takes is not an error for us.
    boolean blobs = members.texts("takes", 32, word -> word).contains("blobs");
    members.check();
    NewSession who =
        new NewSession(
            caller.require().address(), machineId, request.getRemoteAddr(), software, blobs);
    return Response.status(Response.Status.CREATED).entity(json(who, sessions.open(who))).build();
  }

  @DELETE
  @Path("/{id}")
  public void leave(@PathParam("id") String id) {
    sessions.leave(SessionId.parse(id), caller.require().address());
  }

  private JsonObject json(NewSession who, ConnectorSessions.Opened opened) {
    return Json.createObjectBuilder()
        .add("sessionId", opened.id().toString())
        .add("jmsUser", who.provider().value())
        .add("jmsPassword", opened.keys().password())
        .add("hmacKey", Base64.getEncoder().encodeToString(opened.keys().hmacKey()))
        .add("brokerUrl", settings.brokerUrl())
        .add("brokerSpkiSha256", BrokerSessions.get().spkiSha256())
        .add("inbox", opened.keys().inbox())
        .add("pullQueue", BrokerNames.PULL)
        .add("resultsQueue", opened.resultsQueue())
        .add("takes", Json.createArrayBuilder().add("blobs"))
        .add("standing", skew.standing(who.software()).word())
        .add("expiresAt", opened.expiresAt().toString())
        .add("heartbeatSeconds", HEARTBEAT_SECONDS)
        .add("leaseSeconds", LEASE_SECONDS)
        .build();
  }
}
