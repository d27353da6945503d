package dev.skep.queen.provider;

import dev.skep.protocol.id.SlotId;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Where a provider gives one slot back. */
@Path("/api/slots/{id}")
@RequestScoped
@Authenticated
public class SlotResource {
  @Inject Slots slots;
  @Inject CurrentCaller caller;

  @DELETE
  public void release(@PathParam("id") String id) {
    slots.release(SlotId.parse(id), caller.require().address());
  }
}
