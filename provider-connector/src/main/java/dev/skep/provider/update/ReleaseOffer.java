package dev.skep.provider.update;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.release.ReleaseKey;
import dev.skep.protocol.release.ReleaseManifest;
import dev.skep.provider.queen.Answers;
import dev.skep.provider.queen.QueenApi;
import jakarta.json.JsonObject;

/** The connector a queen offers, its signature checked; only the key is still to be judged. */
public record ReleaseOffer(ReleaseManifest manifest, ReleaseKey key) {
  static final String PATH = "/api/connector/release";

  /** Throws {@code release-unsigned} when the manifest is not what its key signed. */
  public static ReleaseOffer fetch(QueenApi queen) {
    JsonObject json = queen.get(PATH).object();
    return Answers.read(PATH, () -> read(json));
  }

  private static ReleaseOffer read(JsonObject json) {
    ReleaseManifest manifest = ReleaseManifest.parse(json.getString("manifest"));
    ReleaseKey key = new ReleaseKey(json.getString("publicKey"));
    if (!key.signed(manifest.bytes(), json.getString("signature"))) {
      throw SkepException.of("release-unsigned", 502)
          .fault(Fault.PLATFORM)
          .because("the signature of the queen's release does not hold")
          .hint("Do not install it; tell the queen's operator.");
    }
    return new ReleaseOffer(manifest, key);
  }
}
