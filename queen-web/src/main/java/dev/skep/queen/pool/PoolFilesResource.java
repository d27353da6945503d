package dev.skep.queen.pool;

import dev.skep.protocol.id.PoolId;
import dev.skep.queen.rest.Authenticated;
import dev.skep.queen.rest.CurrentCaller;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files that travel with a pool, by their SHA-256. */
@Path("/api/pools/{id}/files/{sha256}")
@RequestScoped
@Authenticated
public class PoolFilesResource {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FROM = Pattern.compile("bytes=([0-9]{1,12})-");

  @Inject PoolFileBook book;
  @Inject PoolFiles files;
  @Inject CurrentCaller caller;

  @PUT
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @MaxBody(PoolFileBook.MOST_FILE)
  public Response put(
      @PathParam("id") String id, @PathParam("sha256") String sha256, InputStream body)
      throws IOException {
    book.bring(PoolId.parse(id), checked(sha256), caller.require().address(), body);
    return Response.noContent().build();
  }

  /** The bytes, from an offset on when {@code Range: bytes=N-} asks so. */
  @GET
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response get(
      @PathParam("id") String id,
      @PathParam("sha256") String sha256,
      @HeaderParam("Range") @Nullable String range) {
    PoolId pool = PoolId.parse(id);
    byte[] key = HexFormat.of().parseHex(checked(sha256));
    long size = book.sizeFor(pool, sha256, caller.require().address());
    long from = from(range);
    if (from > 0 && from >= size) {
      return Response.status(416).header("Content-Range", "bytes */" + size).build();
    }
    StreamingOutput bytes = out -> files.write(pool, key, from, out);
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
