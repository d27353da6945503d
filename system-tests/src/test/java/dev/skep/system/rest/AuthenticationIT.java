package dev.skep.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.chain.wallet.Wallet;
import jakarta.json.Json;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

class AuthenticationIT {
  private final Wallet alice = Api.newWallet();
  private final Wallet mallory = Api.newWallet();

  @Test
  void shouldSignInAndOut() {
    String token = Api.signIn(alice);
    HttpRequest.Builder logout = Api.as(token, Api.to("/api/login").DELETE());

    assertThat(Api.send(logout).status()).isEqualTo(204);
    Api.send(logout).refusedAs(401, "token-invalid");
  }

  @Test
  void shouldRefuseAReplayedLogin() {
    String message = Api.challenge(alice);
    assertThat(Api.login(alice, message).status()).isEqualTo(200);

    Api.login(alice, message).refusedAs(401, "login-replayed");
  }

  @Test
  void shouldRefuseAnothersSignature() {
    Api.login(mallory, Api.challenge(alice)).refusedAs(401, "sign-in-refused");
  }

  @Test
  void shouldRefuseAMessageThatHasExpired() {
    String old =
        Api.challenge(alice)
            .replaceAll("Issued At: .*", "Issued At: 2020-01-01T00:00:00Z")
            .replaceAll("Expiration Time: .*", "Expiration Time: 2020-01-01T00:05:00Z");
    Api.login(alice, old).refusedAs(401, "sign-in-refused");
  }

  @Test
  void shouldRefuseAMessageForAnotherSite() {
    String elsewhere = Api.challenge(alice).replaceAll("localhost:\\d+", "queen.example");
    Api.login(alice, elsewhere).refusedAs(401, "sign-in-refused");
  }

  @Test
  void shouldRefuseWithoutAToken() {
    Answer refused = Api.send(Api.to("/api/faucet").POST(HttpRequest.BodyPublishers.noBody()));
    refused.refusedAs(401, "not-signed-in");
    assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void shouldRefuseAWrongTokenEvenWhereNoneIsNeeded() {
    Api.send(Api.as("x".repeat(43), Api.to("/api/pools"))).refusedAs(401, "token-invalid");
    Api.send(Api.as("' or 1=1 --", Api.to("/api/pools"))).refusedAs(401, "token-invalid");
    Api.send(Api.to("/api/pools").header("Authorization", "Basic eDp5"))
        .refusedAs(401, "authorization-malformed");
  }

  @Test
  void shouldGiveAStolenTokenNoMoreThanItsOwnWalletMay() {
    String pool = Pools.open(Api.signIn(alice), "alices").json().getString("id");
    String stranger = Api.signIn(mallory);

    Api.send(
            Api.as(
                stranger,
                Api.to("/api/pools/" + pool + "/close").POST(HttpRequest.BodyPublishers.noBody())))
        .refusedAs(403, "not-pool-owner");
  }

  @Test
  void shouldLetOperatorsOnlyBan() {
    String ban =
        Json.createObjectBuilder()
            .add("address", alice.address().toString())
            .add("reason", "test")
            .build()
            .toString();
    Api.send(Api.as(Api.signIn(mallory), Api.json("/api/admin/bans", ban)))
        .refusedAs(403, "role-missing");
  }
}
