package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.FileRange;
import dev.skep.queen.rest.MaxBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
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

/** Files that travel with a pool, by their SHA-256. */
@Path("/api/pools/{id}/files")
@RequestScoped
@Authenticated
public class PoolFilesResource {
  /** The longest part that one request brings. */
  private static final int MOST_PART = 128 << 20;

  @Inject PoolFileBook book;
  @Inject PoolFiles files;
  @Inject CurrentCaller caller;

  /** How far each file is, so that an upload that broke goes on. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonArray list(@PathParam("id") String id) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    book.list(PoolId.parse(id), caller.require().address()).forEach(file -> all.add(file.json()));
    return all.build();
  }

  /** A file, or the part of one that {@code Content-Range: bytes FROM-TO/SIZE} names. */
  @PUT
  @Path("/{sha256}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @MaxBody(MOST_PART)
  public Response put(
      @PathParam("id") String id,
      @PathParam("sha256") String sha256,
      @HeaderParam("Content-Length") @Nullable Long length,
      @HeaderParam("Content-Range") @Nullable String range,
      InputStream body)
      throws IOException {
    FileRange.Part part = FileRange.part(length, range);
    PoolFiles.Standing now =
        book.bring(
            PoolId.parse(id),
            FileRange.sha256(sha256),
            caller.require().address(),
            new PoolFileBook.Upload(part.from(), part.size(), body));
    return Response.noContent().header("Upload-Offset", now.have()).build();
  }

  /** The bytes, from an offset on when {@code Range: bytes=N-} asks so. */
  @GET
  @Path("/{sha256}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response get(
      @PathParam("id") String id,
      @PathParam("sha256") String sha256,
      @HeaderParam("Range") @Nullable String range) {
    PoolId pool = PoolId.parse(id);
    PoolFiles.Standing file =
        book.takeable(pool, FileRange.sha256(sha256), caller.require().address());
    long from = FileRange.from(range);
    return FileRange.answer(range, file.size(), out -> files.file(pool, file).write(from, out));
  }
}
