package dev.skep.provider.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.skep.protocol.SkepException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

  private static final String ID = "sha256:" + "a".repeat(64);
  private static final String PINNED = "docker.io/library/python@sha256:" + "b".repeat(64);

  private final FakeEngine engine = new FakeEngine();

  /** Local images by every name they answer to, and what a registry would give. */
  private static final class FakeEngine implements ImageEngine {
    final Map<String, Image> local = new HashMap<>();
    final Map<String, Image> registry = new HashMap<>();

    @Override
    public Optional<Image> find(String reference) {
      return Optional.ofNullable(local.get(reference));
    }

    @Override
    public void pull(String reference) {
      if (registry.containsKey(reference)) {
        local.put(reference, registry.get(reference));
      }
    }
  }

  private String resolve(String text, boolean tags, boolean pull) {
    return new Images(engine, new ImagePolicy(tags, pull)).resolve(ImageRef.parse(text));
  }

  private void assertRefused(String text, String code) {
    assertThatThrownBy(() -> resolve(text, false, false))
        .asInstanceOf(type(SkepException.class))
        .satisfies(
            e -> assertThat(e.code()).isEqualTo(code), e -> assertThat(e.hint()).isNotBlank());
  }

  private static ImageEngine.Image image(String... digests) {
    return new ImageEngine.Image(ID, Set.of(digests), Map.of(Images.ALIAS_LABEL, "python"));
  }

  @Test
  void shouldFindWhatThisMachineBuiltByItsAlias() {
    engine.local.put("skep/python", image());
    assertThat(resolve("python", false, false)).isEqualTo(ID);
  }

  @Test
  void shouldSayHowToBuildAMissingAlias() {
    assertRefused("python", "image-not-built");
    engine.local.put("skep/ner", image()); // tagged by hand: its label says python
    assertRefused("ner", "image-not-built");
  }

  @Test
  void shouldPullWhatIsPinnedAndMissing() {
    engine.registry.put(PINNED, image("python@sha256:" + "b".repeat(64)));
    assertRefused(PINNED, "image-missing");
    assertThat(resolve(PINNED, false, true)).isEqualTo(ID);
  }

  @Test
  void shouldRefuseAnImageOfAnotherDigest() {
    engine.local.put(PINNED, image("python@sha256:" + "c".repeat(64)));
    assertRefused(PINNED, "image-mismatch");
  }

  @Test
  void shouldTakeAnIdOnlyWhenItIsThatImage() {
    assertRefused(ID, "image-missing");
    engine.local.put(ID, image());
    assertThat(resolve(ID, false, false)).isEqualTo(ID);
  }

  @Test
  void shouldRefuseTagsUnlessTheOwnerAllowsThem() {
    engine.local.put("python:3.12", image());
    assertRefused("python:3.12", "image-tag-refused");
    assertThat(resolve("python:3.12", true, false)).isEqualTo(ID);
  }

  @ParameterizedTest
  @CsvSource({"python,ALIAS", "python:3.12,TAG", "ghcr.io/a/b,TAG", "localhost:5000/a/b:1,TAG"})
  void shouldTellTheFormsApart(String text, ImageRef.Kind kind) {
    assertThat(ImageRef.parse(text).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-v", "a b", "A", "python@sha256:12", "../x", "python\n", "--privileged"})
  void shouldRefuseWhatIsNoImage(String text) {
    assertThatThrownBy(() -> ImageRef.parse(text)).isInstanceOf(SkepException.class);
  }
}
