package dev.skep.provider.image;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.image.ImageEngine.Image;

/**
 * Turns the image a pool names into the id of one image on this machine, or says why not.
 * Thread-safe.
 */
public final class Images {

  /** The label that {@code bin/image} puts on what it builds: the image's alias. */
  static final String ALIAS_LABEL = "dev.skep.image";

  private static final String ALIAS_PREFIX = "skep/";

  private final ImageEngine engine;
  private final ImagePolicy policy;

  public Images(ImageEngine engine, ImagePolicy policy) {
    this.engine = engine;
    this.policy = policy;
  }

  /**
   * The id to run, fetched first when the policy allows.
   *
   * @throws SkepException {@code image-not-built}, {@code image-missing} or {@code
   *     image-pull-failed} (PROVIDER), {@code image-not-found}, {@code image-tag-refused} or {@code
   *     image-mismatch} (CALLER)
   */
  public String resolve(ImageRef ref) {
    return switch (ref.kind()) {
      case ALIAS -> alias(ref.text());
      case ID -> byId(ref.text());
      case DIGEST -> byDigest(ref.text());
      case TAG -> byTag(ref.text());
    };
  }

  private String alias(String alias) {
    return engine
        .find(ALIAS_PREFIX + alias)
        .filter(image -> alias.equals(image.labels().get(ALIAS_LABEL)))
        .map(Image::id)
        .orElseThrow(
            () ->
                problem(
                        "image-not-built",
                        503,
                        Fault.PROVIDER,
                        "this machine has no image '" + alias + "'")
                    .hint("Run bin/image " + alias + " on the provider's machine."));
  }

  private String byId(String id) {
    Image image =
        engine
            .find(id)
            .orElseThrow(
                () ->
                    problem("image-missing", 503, Fault.PROVIDER, "this machine has no image " + id)
                        .hint(
                            "An id cannot be pulled: load the image, or name it as name@sha256:<digest>."));
    if (!image.id().equals(id)) {
      throw mismatch(id, image.id());
    }
    return id;
  }

  private String byDigest(String reference) {
    Image image = present(reference);
    if (image.digests().stream().noneMatch(digest -> sameDigest(digest, reference))) {
      throw mismatch(reference, image.digests().toString());
    }
    return image.id();
  }

  private String byTag(String reference) {
    if (!policy.allowTags()) {
      throw problem(
              "image-tag-refused",
              422,
              Fault.CALLER,
              "'" + reference + "' is a tag, which can be moved to other code")
          .hint("Pin the image as name@sha256:<digest>; a provider may allow tags for itself.");
    }
    return present(reference).id();
  }

  private Image present(String reference) {
    return engine.find(reference).orElseGet(() -> fetched(reference));
  }

  private Image fetched(String reference) {
    if (!policy.allowPull()) {
      throw problem("image-missing", 503, Fault.PROVIDER, "this machine does not have " + reference)
          .hint(
              "The owner of the machine does not allow pulling images; the slot is tried elsewhere.");
    }
    engine.pull(reference);
    return engine.find(reference).orElseThrow(() -> mismatch(reference, "nothing after the pull"));
  }

  private static boolean sameDigest(String one, String other) {
    return one.substring(one.indexOf('@') + 1).equals(other.substring(other.indexOf('@') + 1));
  }

  private static SkepException mismatch(String wanted, String seen) {
    return problem(
            "image-mismatch",
            422,
            Fault.CALLER,
            "asked for " + wanted + ", but the engine has " + seen)
        .hint("Check the digest in the pool's configuration.");
  }

  private static SkepException problem(String code, int status, Fault fault, String why) {
    return SkepException.of(code, status)
        .fault(fault)
        .retryable(fault == Fault.PROVIDER)
        .because(why);
  }
}
