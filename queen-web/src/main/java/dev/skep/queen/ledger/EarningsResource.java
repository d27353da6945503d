package dev.skep.queen.ledger;

import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.Anyone;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What a provider can claim, with the proofs; public as the chain is. */
@Path("/api/earnings")
@RequestScoped
@Anyone
@Produces(MediaType.APPLICATION_JSON)
public class EarningsResource {
  @Inject Blocks blocks;

  @GET
  @Path("/{address}")
  public JsonObject show(@PathParam("address") String address) {
    WalletAddress provider = WalletAddress.parse(address);
    return Json.createObjectBuilder()
        .add("provider", provider.toString())
        .add("earnings", LedgerJson.earnings(blocks.earnings(provider)))
        .add("unsettled", blocks.unsettled(provider).toString())
        .build();
  }
}
