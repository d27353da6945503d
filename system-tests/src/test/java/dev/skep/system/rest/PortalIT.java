package dev.skep.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.chain.wallet.Wallet;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

class PortalIT {
  private final Wallet owner = Api.newWallet();
  private final String token = Api.signIn(owner);

  @Test
  void shouldListAPoolUntilItsOwnerClosesIt() {
    JsonObject pool = Pools.open(token, "word counts").json();
    String id = pool.getString("id");

    assertThat(pool.getString("state")).isEqualTo("OPENING");
    assertThat(pool.getString("poolUrl")).endsWith("/pools/" + id);
    assertThat(pool.getJsonObject("verification").getString("policy")).isEqualTo("spot-check");
    assertThat(Api.get("/api/pools?owner=" + owner.address()).value().asJsonArray()).hasSize(1);
    assertThat(Api.get("/api/pools/" + id).json().getJsonArray("slots")).isEmpty();

    Answer closed =
        Api.send(
            Api.as(token, Api.to("/api/pools/" + id + "/close").POST(BodyPublishers.noBody())));
    assertThat(closed.json().getString("state")).isEqualTo("CLOSED");
  }

  @Test
  void shouldShowAHostileNameAsText() {
    Pools.open(token, "<script>alert(1)</script>\"'&");
    Answer page = Api.get("/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("&lt;script&gt;alert(1)").doesNotContain("<script");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.body()).doesNotContain("jsessionid").contains("0.01 SKEP");
    page.leaksNothing();
  }

  @Test
  void shouldServeItsStyleAndTheSamePageByName() {
    assertThat(Api.get("/skep.css").header("Content-Type")).startsWith("text/css");
    assertThat(Api.get("/index.xhtml").status()).isEqualTo(200);
  }

  @Test
  void shouldSayWhoItIs() {
    JsonObject queen = Api.get("/api/queen").json();
    assertThat(queen.getString("brokerUrl")).startsWith("mqssl://");
    assertThat(queen.getJsonObject("chain").getString("symbol")).isEqualTo("SKEP");
  }

  @Test
  void shouldTellMonitorsAndDescribeItself() {
    assertThat(Api.get("/health/live").status()).isEqualTo(200);
    assertThat(Api.get("/health/ready").body()).contains("database", "broker", "chain");
    assertThat(Api.get("/metrics").status()).isEqualTo(200);
    assertThat(Api.get("/openapi").body()).contains("/api/jobs/{id}/evidence");
  }

  @Test
  void shouldFundANewWalletOnce() {
    Answer first = faucet();
    assertThat(first.status()).isEqualTo(202);
    assertThat(faucet().json().getString("id")).isEqualTo(first.json().getString("id"));

    String id = first.json().getString("id");
    Answer shown = Api.send(Api.as(token, Api.to("/api/relay/" + id)));
    assertThat(shown.json().getString("state")).isIn("QUEUED", "SENT", "DONE");
    Api.send(Api.as(Api.signIn(Api.newWallet()), Api.to("/api/relay/" + id)))
        .refusedAs(404, "relay-request-not-found");
  }

  private Answer faucet() {
    return Api.send(Api.as(token, Api.to("/api/faucet").POST(BodyPublishers.noBody())));
  }
}
