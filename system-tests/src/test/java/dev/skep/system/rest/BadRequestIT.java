package dev.skep.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestIT {
  private static final String TOKEN = Api.signIn(Api.newWallet());

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"address\":1,\"address\":2}", "{\"a\":1} x", "nope"})
  void shouldRefuseMalformedJson(String body) {
    Api.send(Api.json("/api/login/challenges", body)).refusedAs(400, "json-malformed");
  }

  @Test
  void shouldNameTheMemberThatWasMeant() {
    Answer refused =
        Api.send(Api.json("/api/login/challenges", "{\"adress\":\"0x\"}"))
            .refusedAs(400, "request-invalid");
    assertThat(refused.json().getString("detail")).contains("did you mean \"address\"?");
    assertThat(refused.json().getJsonArray("errors")).hasSize(2);
  }

  @Test
  void shouldListEverythingWrongWithAPool() {
    JsonObject spec =
        Json.createObjectBuilder(Pools.spec())
            .add("slots", 0)
            .add("verification", Json.createObjectBuilder().add("policy", "none"))
            .build();
    String request = Pools.request("a\u0000b").add("spec", spec).add("x", 1).build().toString();

    Answer refused =
        Api.send(Api.as(TOKEN, Api.json("/api/pools", request))).refusedAs(400, "request-invalid");
    assertThat(refused.json().getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(error -> error.getString("pointer"))
        .containsExactlyInAnyOrder(
            "/x", "/name", "/spec/slots", "/spec/verification/trustProviders");
  }

  @Test
  void shouldRefuseABodyThatIsTooLarge() {
    String body = "{\"address\":\"" + "x".repeat(100_000) + "\"}";
    Api.send(Api.json("/api/login/challenges", body)).refusedAs(413, "body-too-large");
  }

  @Test
  void shouldRefuseATooLargeBodyThatDoesNotSayItsLength() {
    byte[] body = "x".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Api.send(
            Api.to("/api/login/challenges")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))))
        .refusedAs(413, "body-too-large");
  }

  @Test
  void shouldRefuseAnotherMediaType() {
    Api.send(
            Api.to("/api/login/challenges")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")))
        .refusedAs(415, "media-type-unsupported");
  }

  @Test
  void shouldRefuseAnotherMethodAndNameTheRightOnes() {
    Answer refused =
        Api.send(Api.to("/api/blocks").PUT(BodyPublishers.noBody()))
            .refusedAs(405, "method-not-allowed");
    assertThat(refused.header("Allow")).contains("GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/api/nothing", "/WEB-INF/web.xml", "/error", "/application.wadl"})
  void shouldSayThatNothingIsThere(String path) {
    Answer refused = Api.get(path).leaksNothing();
    assertThat(refused.status()).as(refused.body()).isEqualTo(404);
    assertThat(refused.json().getString("code")).isEqualTo("not-found");
  }

  @Test
  void shouldTellIdsThatAreWrongFromIdsThatAreUnknown() {
    assertThat(Api.get("/api/pools/nonsense").leaksNothing().status()).isEqualTo(400);
    Api.get("/api/pools/019b76da-a800-7602-91b3-ca5d5a171600").refusedAs(404, "pool-not-found");
    Api.get("/api/blocks/999999999").refusedAs(404, "block-not-found");
    assertThat(Api.get("/api/pools?state=HAPPY").status()).isEqualTo(400);
    assertThat(Api.get("/api/pools?limit=0").status()).isEqualTo(400);
    assertThat(Api.get("/api/earnings/0x12").status()).isEqualTo(400);
  }

  @Test
  void shouldRelayCallsToTheLedgerOnly() {
    String call =
        """
        {"request":{"from":"0x%1$s","to":"0x%1$s","value":"1","gas":"99999999","nonce":"0",
         "deadline":1,"data":"0xa9059cbb"},"signature":"0x00"}
        """
            .formatted("1".repeat(40));
    Answer refused =
        Api.send(Api.as(TOKEN, Api.json("/api/relay", call))).refusedAs(400, "request-invalid");
    assertThat(refused.json().getString("detail"))
        .contains("/request/to", "/request/value", "/request/gas", "/request/deadline")
        .contains("/request/data", "/signature");
  }
}
