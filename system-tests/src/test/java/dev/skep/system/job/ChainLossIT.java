package dev.skep.system.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skep.system.server.PoolBench;
import dev.skep.system.server.PoolClient;
import dev.skep.system.server.RunningQueen;
import dev.skep.system.server.ShellCommand;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chain's node answers nothing for a while: jobs go on, and are settled once it is back. */
@Tag("docker")
class ChainLossIT {

  private static final String ECHO =
      "from sdk import create_job\n\ncreate_job(lambda input: input)\n";
  private static final String POOL =
      """
      name: loss of the chain
      image: python
      resources: {cpus: 1, memory: 128m}
      slots: 1
      price: {perJob: 0.01 SKEP}
      deposit: 1 SKEP
      verification: {policy: none, trustProviders: true}
      """;

  @Test
  void shouldServeJobsWithoutTheChainAndSettleThemOnceWhenItIsBack() throws Exception {
    RunningQueen queen = RunningQueen.shared();
    try (PoolBench bench = new PoolBench(queen, ECHO, POOL)) {
      PoolClient client = bench.client();
      bench.join("alice", 1);
      bench.awaitWarm(client, 1);
      String id;
      try (RunningQueen.Pause away = queen.pauseChain()) {
        assertThat(away).isNotNull();
        id = answered(client);
        assertSaysThatTheChainIsAway(bench.owner().script("wallet", "balance"));
      }
      await().atMost(Duration.ofMinutes(3)).until(() -> isFinal(client.job(id)));
      assertThat(receipts(client.job(id))).hasSize(1);
      assertThat(client.job(id).getString("cost")).isEqualTo("10000000000000000");
    }
  }

  private static String answered(PoolClient client) {
    HttpResponse<String> answer = client.call("{\"chain\":\"away\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String id = answer.headers().firstValue("Skep-Job").orElseThrow();
    assertThat(receipts(client.job(id))).hasSize(1).noneMatch(ChainLossIT::isFinalReceipt);
    return id;
  }

  private static void assertSaysThatTheChainIsAway(ShellCommand.Result refused) {
    assertThat(refused.exit()).as(refused.out() + refused.err()).isEqualTo(4);
    assertThat(refused.err())
        .contains(
            "chain-unreachable, fault: the chain (a retry may help)", "next: Nothing is lost");
  }

  private static List<JsonObject> receipts(JsonObject job) {
    return PoolClient.receipts(job).getValuesAs(JsonObject.class);
  }

  private static boolean isFinal(JsonObject job) {
    return receipts(job).stream().allMatch(ChainLossIT::isFinalReceipt);
  }

  private static boolean isFinalReceipt(JsonObject receipt) {
    return "FINAL".equals(receipt.getString("blockState", ""));
  }
}
