package dev.skep.queen.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.queen.rest.JsonBody;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05Z");
  private final Uuid7 ids = Uuid7.system();

  @Test
  void shouldSignTimestampAndBodyTogether() {
    // printf '1767323045.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
    assertThat(new WebhookSecret("whsec_test").sign(WHEN, "{\"a\":1}"))
        .isEqualTo("v1=3af4bd2d21ce2feac8c2a35ba9838bb7d4ae98f38a102fcb322241f6a25fe6a0");
    assertThat(new WebhookSecret("whsec_test").sign(WHEN.plusSeconds(1), "{\"a\":1}"))
        .isNotEqualTo(new WebhookSecret("whsec_test").sign(WHEN, "{\"a\":1}"));
  }

  @Test
  void shouldDrawSecretsThatNobodyGuessesOrLogs() {
    WebhookSecret secret = WebhookSecret.draw();

    assertThat(secret.text()).matches("whsec_[A-Za-z0-9_-]{43}");
    assertThat(secret.text()).isNotEqualTo(WebhookSecret.draw().text());
    assertThat(secret.toString()).doesNotContain(secret.text());
  }

  @Test
  void shouldWriteCloudEvents() {
    UUID id = ids.next();
    EndedJob job = job(JobState.FAILED);
    CloudEvent event = CloudEvent.of(id, EventType.JOB_FAILED, "https://queen.example", job);
    JsonObject json = JsonBody.object(event.body().getBytes(StandardCharsets.UTF_8));

    assertThat(json.getString("specversion")).isEqualTo("1.0");
    assertThat(json.getString("id")).isEqualTo(id.toString());
    assertThat(json.getString("type")).isEqualTo("dev.skep.job.failed");
    assertThat(json.getString("source")).isEqualTo("https://queen.example/api/pools/" + job.pool());
    assertThat(json.getString("subject")).isEqualTo(job.id().toString());
    assertThat(json.getJsonObject("data").getJsonObject("problem").getString("code"))
        .isEqualTo("job-threw");
  }

  @Test
  void shouldTryLongerAndLongerAndThenNoMore() {
    assertThat(Failure.after(1, 500, "answered 500").delay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(Failure.after(10, null, "no answer").delay()).isEqualTo(Duration.ofSeconds(1024));
    assertThat(Failure.after(14, 500, "answered 500").last()).isFalse();
    assertThat(Failure.after(15, 500, "answered 500").last()).isTrue();
    assertThat(Failure.after(1, 410, "answered 410"))
        .matches(Failure::isGone)
        .matches(Failure::last);
  }

  @Test
  void shouldNameTheEndsOfJobs() {
    assertThat(EventType.of(JobState.COMPLETED)).contains(EventType.JOB_COMPLETED);
    assertThat(EventType.of(JobState.LEASED)).isEmpty();
    EnumSet<EventType> all = EnumSet.complementOf(EnumSet.of(EventType.WEBHOOK_TEST));
    assertThat(EventType.split(EventType.join(all))).isEqualTo(all);
  }

  private EndedJob job(JobState state) {
    return new EndedJob(
        new JobId(ids.next()),
        new PoolId(ids.next()),
        state,
        WHEN,
        WHEN.plusSeconds(3),
        TokenAmount.ZERO,
        "{\"code\":\"job-threw\"}");
  }
}
