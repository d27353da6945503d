package dev.skep.provider.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.JobVariables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerSecretsTest {
  @Test
  void shouldTakeWhatIsNamedAndNothingElse() {
    JobVariables secrets =
        OwnerSecrets.of(List.of("API_KEY"), Map.of("API_KEY", "s3cret", "OTHER", "x"));

    assertThat(secrets.values()).containsExactly(Map.entry("API_KEY", "s3cret"));
    assertThat(secrets).hasToString("JobVariables[API_KEY]");
  }

  @Test
  void shouldNameTheOneThatIsMissing() {
    assertThatThrownBy(() -> OwnerSecrets.of(List.of("API_KEY"), Map.of("API_KEY", "")))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("secret-missing"))
        .hasMessageContaining("API_KEY");
  }
}
