package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
import dev.skep.queen.rest.MaxBody;
import dev.skep.queen.rest.Members;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files that travel with a pool, by their SHA-256. */
@Path("/api/pools/{id}/files")
@RequestScoped
@Authenticated
public class PoolFilesResource {
  /** The longest part that one request brings. */
  private static final int MOST_PART = 128 << 20;

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FROM = Pattern.compile("bytes=([0-9]{1,12})-");
  private static final Pattern PART =
      Pattern.compile("bytes ([0-9]{1,12})-[0-9]{1,12}/([0-9]{1,12})");

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
    PoolFiles.Standing now =
        book.bring(
            PoolId.parse(id),
            checked(sha256),
            caller.require().address(),
            upload(length, range, body));
    return Response.noContent().header("Upload-Offset", now.have()).build();
  }

  private static PoolFileBook.Upload upload(
      @Nullable Long length, @Nullable String range, InputStream body) {
    if (range == null && length != null) {
      return new PoolFileBook.Upload(0, length, body);
    }
    Matcher part = PART.matcher(range == null ? "" : range);
    if (!part.matches()) {
      throw Members.invalid("/Content-Range", "must be bytes FROM-TO/SIZE, or the length be known");
    }
    return new PoolFileBook.Upload(
        Long.parseLong(part.group(1)), Long.parseLong(part.group(2)), body);
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
    PoolFiles.Standing file = book.takeable(pool, checked(sha256), caller.require().address());
    long size = file.size();
    long from = from(range);
    if (from > 0 && from >= size) {
      return Response.status(416).header("Content-Range", "bytes */" + size).build();
    }
    StreamingOutput bytes = out -> new FilePieces(files, pool, file).write(from, out);
    Response.ResponseBuilder answer = Response.status(range == null ? 200 : 206).entity(bytes);
    answer.header("Content-Length", size - from).header("Accept-Ranges", "bytes");
    return range == null
        ? answer.build()
        : answer.header("Content-Range", "bytes " + from + "-" + (size - 1) + "/" + size).build();
  }

  private static String checked(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw Members.invalid("/sha256", "must be 64 hexadecimal digits in lower case");
    }
    return sha256;
  }

  private static long from(@Nullable String range) {
    Matcher from = FROM.matcher(range == null ? "bytes=0-" : range);
    if (!from.matches()) {
      throw Members.invalid("/Range", "must be bytes=N-");
    }
    return Long.parseLong(from.group(1));
  }
}
