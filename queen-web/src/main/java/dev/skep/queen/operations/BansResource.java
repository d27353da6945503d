package dev.skep.queen.operations;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.rest.Members;
import dev.skep.queen.rest.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Banning wallets, for operators. */
@Path("/api/admin/bans")
@RequestScoped
@Authenticated(Role.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
public class BansResource {
  @Inject BanDesk desk;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response ban(byte[] body) {
    Members members = Members.of(JsonBody.object(body), "address", "reason");
    String address = members.text("address", 42, 42);
    String reason = members.text("reason", 1, 200);
    members.check();
    WalletAddress wallet = WalletAddress.parse(address);
    desk.ban(wallet, reason);
    JsonObject json =
        Json.createObjectBuilder().add("address", wallet.toString()).add("reason", reason).build();
    return Response.status(Response.Status.CREATED).entity(json).build();
  }

  @DELETE
  @Path("/{address}")
  public void unban(@PathParam("address") String address) {
    if (!desk.unban(WalletAddress.parse(address))) {
      throw SkepException.of("ban-not-found", 404)
          .fault(Fault.CALLER)
          .because("This wallet is not banned.")
          .hint("Check the address.");
    }
  }
}
