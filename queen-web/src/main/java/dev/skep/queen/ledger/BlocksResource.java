package dev.skep.queen.ledger;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.queen.rest.Anyone;
import dev.skep.queen.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The king's blocks. */
@Path("/api/blocks")
@RequestScoped
@Anyone
@Produces(MediaType.APPLICATION_JSON)
public class BlocksResource {
  @Inject Blocks blocks;

  @GET
  public JsonArray list(
      @QueryParam("below") @Nullable String below, @QueryParam("limit") @Nullable String limit) {
    long bound = below == null ? Long.MAX_VALUE : Query.limit(below, 1, Integer.MAX_VALUE);
    JsonArrayBuilder array = Json.createArrayBuilder();
    blocks
        .list(bound, Query.limit(limit, 50, 500))
        .forEach(block -> array.add(LedgerJson.block(block)));
    return array.build();
  }

  @GET
  @Path("/{number}")
  public JsonObject show(@PathParam("number") String number) {
    BlockView block = find(number);
    return LedgerJson.block(block)
        .add("debits", LedgerJson.debits(blocks.debits(block.number())))
        .add("earnings", LedgerJson.earnings(blocks.earnings(block.number())))
        .build();
  }

  private BlockView find(String number) {
    boolean digits = number.matches("[0-9]{1,18}");
    return (digits ? blocks.find(Long.parseLong(number)) : java.util.Optional.<BlockView>empty())
        .orElseThrow(
            () ->
                SkepException.of("block-not-found", 404)
                    .fault(Fault.CALLER)
                    .because("The king has sealed no such block.")
                    .hint("List the blocks with GET /api/blocks."));
  }
}
