package dev.skep.queen.identity;

import dev.skep.chain.identity.ChecksumAddress;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.Anyone;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.rest.Members;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;

/** Signing in and out. */
@Path("/api/login")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LoginResource {
  @Inject SignIn signIn;
  @Inject SignInLimits limits;
  @Inject SessionTokens tokens;
  @Inject CurrentCaller caller;
  @Context UriInfo uri;
  @Context HttpServletRequest request;

  @POST
  @Path("/challenges")
  @Consumes(MediaType.APPLICATION_JSON)
  @Anyone
  public Response challenge(byte[] body) {
    Members members = Members.of(JsonBody.object(body), "address");
    String text = members.text("address", 42, 42);
    members.check();
    WalletAddress address = address(text);
    limits.count(request.getRemoteAddr(), address);
    SignIn.Challenge challenge = signIn.challenge(address, uri.getRequestUri());
    JsonObject json =
        Json.createObjectBuilder()
            .add("message", challenge.message())
            .add("nonce", challenge.nonce())
            .add("expiresAt", challenge.expiresAt().toString())
            .build();
    return Response.status(Response.Status.CREATED).entity(json).build();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Anyone
  public JsonObject login(byte[] body) {
    limits.countLogin(request.getRemoteAddr());
    Members members = Members.of(JsonBody.object(body), "message", "signature");
    String message = members.text("message", 1, 4096);
    String signature = members.text("signature", 2, 4096);
    members.check();
    SignIn.Login login = signIn.login(message, signature);
    return Json.createObjectBuilder()
        .add("token", login.token())
        .add("address", login.session().address().toString())
        .add("expiresAt", login.session().expiresAt().toString())
        .build();
  }

  @DELETE
  @Authenticated
  public void logout() {
    tokens.revoke(caller.require().session());
  }

  /** Mixed capitals are a checksum and must be right; one case alone carries none. */
  private static WalletAddress address(String text) {
    String digits = text.substring(Math.min(2, text.length()));
    boolean plain =
        digits.equals(digits.toLowerCase(Locale.ROOT))
            || digits.equals(digits.toUpperCase(Locale.ROOT));
    try {
      return plain ? WalletAddress.parse(text) : ChecksumAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw Members.invalid("/address", "has capitals that are not its EIP-55 checksum");
    }
  }
}
