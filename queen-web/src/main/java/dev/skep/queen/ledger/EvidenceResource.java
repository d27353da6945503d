package dev.skep.queen.ledger;

import dev.skep.protocol.id.JobId;
import dev.skep.queen.rest.Anyone;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * The evidence of a job's receipts; it holds no input and no output, so whoever knows the id may
 * have it.
 */
@Path("/api/jobs/{id}/evidence")
@RequestScoped
@Anyone
@Produces(MediaType.APPLICATION_JSON)
public class EvidenceResource {
  @Inject EvidenceBook book;

  @GET
  public JsonArray show(@PathParam("id") String id) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    book.of(JobId.parse(id)).forEach(evidence -> array.add(LedgerJson.evidence(evidence)));
    return array.build();
  }
}
