package dev.skep.system.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests for pools. */
final class Pools {
  private static final String PROGRAM =
      Base64.getEncoder().encodeToString("print('hi')".getBytes(StandardCharsets.UTF_8));

  private Pools() {}

  static Answer open(String token, String name) {
    return Api.send(Api.as(token, Api.json("/api/pools", request(name).build().toString())));
  }

  static JsonObjectBuilder request(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("template", "custom")
        .add("program", PROGRAM)
        .add("spec", spec());
  }

  static JsonObject spec() {
    return Json.createObjectBuilder()
        .add("image", "python")
        .add("slots", 2)
        .add("price", Json.createObjectBuilder().add("perJob", "10000000000000000"))
        .add("deposit", "1000000000000000000")
        .build();
  }
}
