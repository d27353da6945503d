package dev.skep.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What nobody may do to a finite pool, and who may see what of it; no job is needed for that. */
class FinitePoolRulesIT {
  private static final String LINES = "1\n\n{\"n\": 2}\n";

  private final String token = Api.signIn(Api.newWallet());
  private final String stranger = Api.signIn(Api.newWallet());

  @Test
  void shouldTakeTheInputsItsSpecNamesFromItsOwnerAndGiveThemToNobodyElse() throws Exception {
    String sha256 = sha256(LINES);
    JsonObject pool = open(inputs(2, sha256)).json();
    String file = "/api/pools/" + pool.getString("id") + "/files/" + sha256;

    assertThat(pool.getJsonObject("inputs").getBoolean("brought")).isFalse();
    put(stranger, file, LINES).refusedAs(403, "not-pool-owner");
    put(token, file, "1\n2\n").refusedAs(422, "file-mismatch");
    assertThat(put(token, file, LINES).status()).isEqualTo(204);

    JsonObject shown = Api.get("/api/pools/" + pool.getString("id")).json();
    assertThat(shown.getJsonObject("inputs").getBoolean("brought")).isTrue();
    assertThat(shown.getJsonObject("inputs").getInt("left")).isEqualTo(2);
    assertThat(Api.send(Api.as(token, Api.to(file))).body()).isEqualTo(LINES);
    Api.send(Api.as(stranger, Api.to(file))).refusedAs(403, "not-joined");
  }

  @Test
  void shouldRefuseInputsThatCannotBecomeJobs() throws Exception {
    String broken = "1\nnot json\n";
    String id = open(inputs(2, sha256(broken))).json().getString("id");
    put(token, "/api/pools/" + id + "/files/" + sha256(broken), broken)
        .refusedAs(422, "inputs-invalid");

    String fewer = open(inputs(3, sha256(LINES))).json().getString("id");
    put(token, "/api/pools/" + fewer + "/files/" + sha256(LINES), LINES)
        .refusedAs(422, "inputs-invalid");
  }

  @Test
  void shouldShowResultsToTheOwnerOfAFinitePoolOnly() {
    String finite =
        open(Json.createObjectBuilder().add("count", 3).add("first", 7).build())
            .json()
            .getString("id");
    String results = "/api/pools/" + finite + "/results";

    Answer none = Api.send(Api.as(token, Api.to(results)));
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.body()).isEmpty();
    Api.send(Api.as(token, Api.to(results + "?from=4"))).refusedAs(400, "request-invalid");
    Api.send(Api.as(stranger, Api.to(results))).refusedAs(403, "not-pool-owner");
    Api.get(results).refusedAs(401, "not-signed-in");
    String open = Pools.open(token, "open").json().getString("id");
    Api.send(Api.as(token, Api.to("/api/pools/" + open + "/results")))
        .refusedAs(404, "pool-not-finite");
  }

  @Test
  void shouldLetOnlyTheOwnerPauseAndOnlyWhatIsOpen() {
    String id = Pools.open(token, "not open yet").json().getString("id");

    turn(stranger, id, "pause").refusedAs(403, "not-pool-owner");
    turn(token, id, "pause").refusedAs(409, "pool-not-open");
    turn(token, id, "resume").refusedAs(409, "pool-not-open");
  }

  private Answer open(JsonObject inputs) {
    JsonObject spec = Json.createObjectBuilder(Pools.spec()).add("inputs", inputs).build();
    String request = Pools.request("finite").add("spec", spec).build().toString();
    return Api.send(Api.as(token, Api.json("/api/pools", request)));
  }

  private static JsonObject inputs(int count, String sha256) {
    return Json.createObjectBuilder().add("count", count).add("sha256", sha256).build();
  }

  private static Answer put(String by, String file, String body) {
    HttpRequest.Builder put = Api.to(file).PUT(BodyPublishers.ofString(body));
    return Api.send(Api.as(by, put.header("Content-Type", "application/octet-stream")));
  }

  private static Answer turn(String by, String pool, String verb) {
    HttpRequest.Builder post = Api.to("/api/pools/" + pool + "/" + verb);
    return Api.send(Api.as(by, post.POST(BodyPublishers.noBody())));
  }

  private static String sha256(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
