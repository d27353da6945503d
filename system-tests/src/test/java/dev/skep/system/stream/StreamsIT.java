package dev.skep.system.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.EventReader;
import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a job tells while it runs reaches whoever listens, through Docker, connector and queen. */
@Tag("docker")
class StreamsIT {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String PROGRAM =
      """
      import time

      from sdk import create_job, progress


      def run(input):
          for n in range(input["items"]):
              print("item", n, flush=True)
              progress(n, input["items"])
              yield {"n": n, "pad": "x" * input.get("pad", 0)}
              time.sleep(input.get("pause", 0))
              if n == input.get("throw"):
                  raise ValueError("enough")


      create_job(run)
      """;
  private static final String POOL =
      """
      name: streams
      image: python
      slots: 2
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      deadlines: {queue: 2m, run: 2m, total: 5m}
      """;

  private static PoolBench bench;
  private static PoolClient client;

  @BeforeAll
  static void open() throws Exception {
    bench = new PoolBench(RunningQueen.shared(), PROGRAM, POOL);
    client = bench.client();
    bench.join("alice", 2);
    bench.awaitWarm(client, 2);
  }

  @AfterAll
  static void close() throws Exception {
    if (bench != null) {
      bench.close();
    }
  }

  @Test
  void shouldTellEachPartAsItComesAndThenTheResult() {
    try (EventReader events = client.listen("{\"items\":3,\"pause\":1}")) {
      EventReader.Event first = events.await("part");
      assertThat(first.data()).isEqualTo("{\"n\":0,\"pad\":\"\"}");
      String job = events.header("Skep-Job");
      assertThat(client.job(job).getString("state")).as("it still runs").isEqualTo("LEASED");
      List<EventReader.Event> rest = events.rest();
      assertThat(rest).filteredOn(event -> event.name().equals("part")).hasSize(2);
      assertThat(rest).extracting(EventReader.Event::name).contains("progress", "log");
      EventReader.Event last = rest.get(rest.size() - 1);
      assertThat(last.name()).isEqualTo("result");
      assertThat(last.data())
          .isEqualTo("[{\"n\":0,\"pad\":\"\"},{\"n\":1,\"pad\":\"\"},{\"n\":2,\"pad\":\"\"}]");
      assertThat(client.job(job).getString("state")).isEqualTo("COMPLETED");
    }
  }

  @Test
  void shouldTellThePartsBeforeAGeneratorThrewAndThenItsProblem() {
    try (EventReader events = client.listen("{\"items\":5,\"throw\":1}")) {
      List<EventReader.Event> all = events.rest();
      assertThat(all).filteredOn(event -> event.name().equals("part")).hasSize(2);
      EventReader.Event last = all.get(all.size() - 1);
      assertThat(last.name()).isEqualTo("problem");
      JsonObject problem = PoolClient.object(last.data());
      assertThat(problem.getString("code")).isEqualTo("job-threw");
      assertThat(problem.getString("fault")).isEqualTo("JOB");
      assertThat(problem.getString("detail")).contains("ValueError: enough");
    }
  }

  @Test
  void shouldBringEveryPartToASlowClient() {
    try (EventReader events = client.listen("{\"items\":90,\"pad\":10000}")) {
      assertThat(events.await("part").data()).contains("\"n\":0,");
      await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
      List<EventReader.Event> all = events.rest();
      String parts =
          all.stream()
              .filter(event -> event.name().equals("part"))
              .map(event -> event.data().substring(0, event.data().indexOf(',')))
              .collect(Collectors.joining(" "));
      assertThat(parts)
          .isEqualTo(
              IntStream.range(1, 90).mapToObj(n -> "{\"n\":" + n).collect(Collectors.joining(" ")));
      assertThat(all.get(all.size() - 1).name()).isEqualTo("result");
    }
  }

  @Test
  void shouldCancelTheJobWhenItsClientHangsUp() {
    String job;
    try (EventReader events = client.listen("{\"items\":100,\"pause\":1}")) {
      events.await("part");
      job = events.header("Skep-Job");
    }
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(client.job(job).getString("state")).isEqualTo("CANCELLED"));
  }

  @Test
  void shouldFollowTheLogOfAJobAtTheTerminal() {
    String job = client.accepted("{\"items\":4,\"pause\":1}");
    ShellCommand.Result followed = bench.owner().script("job", "logs", "-f", job);
    assertThat(followed.exit()).as(followed.err()).isZero();
    assertThat(followed.out()).isEqualTo("item 0\nitem 1\nitem 2\nitem 3\n");
    assertThat(followed.err()).contains("job " + job + " is over: COMPLETED");
    assertThat(bench.owner().script("job", "logs", "-f", job).out()).isEqualTo(followed.out());
  }

  @Test
  void shouldPrintPartsAtTheTerminal() {
    ShellCommand.Result called =
        bench.owner().script("pool", "call", bench.pool(), "--input", "{\"items\":2}", "--stream");
    assertThat(called.exit()).as(called.err()).isZero();
    assertThat(called.out()).isEqualTo("{\"n\":0,\"pad\":\"\"}\n{\"n\":1,\"pad\":\"\"}\n");
  }

  @Test
  void shouldRefuseAPlaneWithoutASession() {
    assertThat(client.ask("/api/connector/stream").statusCode()).isEqualTo(401);
  }

  @Test
  void shouldKeepLogsThatAreFollowedFromStrangers() {
    String job = client.accepted("{\"items\":1}");
    assertThat(
            bench.clientOf("stranger").ask("/api/jobs/" + job + "/logs?follow=true").statusCode())
        .isEqualTo(404);
  }
}
