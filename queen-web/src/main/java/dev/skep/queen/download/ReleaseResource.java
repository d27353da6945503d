package dev.skep.queen.download;

import dev.skep.queen.rest.Anyone;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connector for everybody: what it is, and its bytes. */
@Path("/api/connector")
@RequestScoped
@Anyone
public class ReleaseResource {
  @Inject Releases releases;
  @Inject QueenSettings settings;

  @GET
  @Path("/release")
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject release() {
    Release release = releases.require();
    return Json.createObjectBuilder()
        .add("version", release.manifest().version().toString())
        .add("wire", release.manifest().wire())
        .add("sha256", release.manifest().sha256())
        .add("size", release.manifest().size())
        .add("url", settings.publicUrl() + "/api/connector/download")
        .add("manifest", release.manifest().text())
        .add("signature", release.signature())
        .add("publicKey", release.key().base64())
        .add("fingerprint", release.key().fingerprint())
        .build();
  }

  /** One range may be asked for, so that a broken download goes on where it stopped. */
  @GET
  @Path("/download")
  @Produces("application/java-archive")
  public Response download(
      @HeaderParam("Range") @Nullable String range,
      @HeaderParam("If-Range") @Nullable String ifRange) {
    Release release = releases.require();
    String tag = '"' + release.manifest().sha256() + '"';
    boolean same = ifRange == null || ifRange.equals(tag);
    Optional<ByteRange> part =
        range == null || !same
            ? Optional.empty()
            : ByteRange.parse(range, release.manifest().size());
    return answer(release, part).header("ETag", tag).header("Accept-Ranges", "bytes").build();
  }

  private static Response.ResponseBuilder answer(Release release, Optional<ByteRange> part) {
    long size = release.manifest().size();
    ByteRange sent = part.orElse(new ByteRange(0, size - 1));
    Response.ResponseBuilder answer =
        Response.status(part.isPresent() ? 206 : 200)
            .entity(bytes(release, sent))
            .header("Content-Length", sent.length())
            .header("Content-Disposition", "attachment; filename=\"" + name(release) + '"')
            .header("Cache-Control", "public, no-cache");
    part.ifPresent(range -> answer.header("Content-Range", range.contentRange(size)));
    return answer;
  }

  private static String name(Release release) {
    return "skep-" + release.manifest().version() + ".jar";
  }

  private static StreamingOutput bytes(Release release, ByteRange part) {
    return out -> part.copy(release.jar(), out);
  }
}
