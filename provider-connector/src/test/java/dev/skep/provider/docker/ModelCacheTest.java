package dev.skep.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCacheTest {

  @Test
  void shouldNameFoldersAsTheHubDoes() {
    assertThat(ModelCache.cacheName("dslim/bert-base-NER"))
        .isEqualTo("models--dslim--bert-base-NER");
    assertThat(ModelCache.cacheName("gpt2")).isEqualTo("models--gpt2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/", "../a", "a/..", "a/b/c", "a--b/c", "a/b\n", "a b"})
  void shouldRefuseNamesThatCouldLeaveTheCache(String name) {
    assertThatThrownBy(() -> ModelCache.cacheName(name)).isInstanceOf(SkepException.class);
  }
}
