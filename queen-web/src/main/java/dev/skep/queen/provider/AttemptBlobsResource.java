package dev.skep.queen.provider;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SessionId;
import dev.skep.protocol.wire.WireLimits;
import dev.skep.queen.blob.BlobBook;
import dev.skep.queen.dispatch.BlobRef;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.FileRange;
import dev.skep.queen.rest.MaxBody;
import dev.skep.queen.rest.Members;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Payloads that are too long for a message, for the connector that works on them. */
@Path("/api/connector/sessions/{session}/attempts/{job}/{number}")
@RequestScoped
@Authenticated
public class AttemptBlobsResource {
  @Inject AttemptBlobs attempts;
  @Inject BlobBook blobs;
  @Inject CurrentCaller caller;

  /** The input's bytes, from an offset on when {@code Range: bytes=N-} asks so. */
  @GET
  @Path("/input")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response input(
      @PathParam("session") String session,
      @PathParam("job") String job,
      @PathParam("number") String number,
      @HeaderParam("Range") @Nullable String range) {
    BlobRef input = attempts.input(claim(session, job, number));
    long from = FileRange.from(range);
    return FileRange.answer(range, input.size(), out -> blobs.write(input, from, out));
  }

  /** The output, or the part of it that {@code Content-Range: bytes FROM-TO/SIZE} names. */
  @PUT
  @Path("/output/{sha256}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @MaxBody(WireLimits.MAX_BLOB)
  public Response output(
      @PathParam("session") String session,
      @PathParam("job") String job,
      @PathParam("number") String number,
      @PathParam("sha256") String sha256,
      @HeaderParam("Content-Length") @Nullable Long length,
      @HeaderParam("Content-Range") @Nullable String range,
      InputStream body)
      throws IOException {
    FileRange.Part part = FileRange.part(length, range);
    long have =
        attempts.bring(
            claim(session, job, number),
            FileRange.sha256(sha256),
            new BlobBook.Part(part.from(), part.size(), body));
    return Response.noContent().header("Upload-Offset", have).build();
  }

  private AttemptBlobs.Claim claim(String session, String job, String number) {
    if (!number.matches("[1-9][0-9]{0,4}")) {
      throw Members.invalid("/number", "must be the number of an attempt");
    }
    return new AttemptBlobs.Claim(
        SessionId.parse(session),
        caller.require().address(),
        new AttemptRef(JobId.parse(job), Integer.parseInt(number)));
  }
}
