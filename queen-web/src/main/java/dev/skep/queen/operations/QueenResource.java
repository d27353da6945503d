package dev.skep.queen.operations;

import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.download.Releases;
import dev.skep.queen.ledger.Deployment;
import dev.skep.queen.ledger.Deployments;
import dev.skep.queen.rest.Anyone;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Who this queen is and which chain she settles on. */
@Path("/api/queen")
@RequestScoped
@Anyone
@Produces(MediaType.APPLICATION_JSON)
public class QueenResource {
  /** The version of the REST API and the wire; raised by SemVer. */
  static final String VERSION = "0.1.0";

  @Inject QueenSettings settings;
  @Inject Deployments deployments;
  @Inject Releases releases;

  @GET
  public JsonObject show() {
    JsonObjectBuilder queen =
        Json.createObjectBuilder()
            .add("queenId", settings.queenId())
            .add("node", settings.node())
            .add("version", VERSION)
            .add("publicUrl", settings.publicUrl().toString())
            .add("brokerUrl", settings.brokerUrl())
            .add("blockSeconds", settings.chain().blockSeconds())
            .add("chain", chain(deployments.find()));
    releases.offered().ifPresent(connector -> queen.add("connector", connector));
    return queen.build();
  }

  /** Without contracts yet, their addresses are absent. */
  private JsonObjectBuilder chain(Optional<Deployment> deployment) {
    JsonObjectBuilder chain =
        Json.createObjectBuilder()
            .add("chainId", settings.chain().chainId())
            .add("caip2", "eip155:" + settings.chain().chainId())
            .add("rpcUrl", settings.chain().rpcUrl())
            .add("symbol", TokenAmount.SYMBOL)
            .add("decimals", TokenAmount.DECIMALS)
            .add("faucet", settings.chain().isDevelopment())
            .add("ready", deployment.isPresent());
    deployment.ifPresent(
        contracts ->
            chain
                .add("token", contracts.token().toString())
                .add("forwarder", contracts.forwarder().toString())
                .add("ledger", contracts.ledger().toString())
                .add("voucherSigner", contracts.voucherSigner().toString()));
    return chain;
  }
}
