package dev.skep.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpHeaders;

/** What the queen answered, and what every refusal of hers must be. */
record Answer(int status, HttpHeaders headers, String body) {
  JsonObject json() {
    return value().asJsonObject();
  }

  JsonValue value() {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readValue();
    }
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** A problem of this status and code, the caller's fault, with a hint, that leaks nothing. */
  Answer refusedAs(int expected, String code) {
    assertThat(status).as(body).isEqualTo(expected);
    assertThat(header("Content-Type")).startsWith("application/problem+json");
    assertThat(json().getString("code")).isEqualTo(code);
    assertThat(json().getInt("status")).isEqualTo(expected);
    assertThat(json().getString("fault")).isEqualTo("CALLER");
    assertThat(json().getString("hint")).isNotBlank();
    return leaksNothing();
  }

  /** No stack, no class name, no product: nothing that helps to choose an attack. */
  Answer leaksNothing() {
    assertThat(body)
        .doesNotContainIgnoringCase("payara")
        .doesNotContainIgnoringCase("glassfish")
        .doesNotContain("Exception", "\tat ", "org.", "java.");
    assertThat(headers.map()).doesNotContainKeys("server", "x-powered-by");
    return this;
  }
}
