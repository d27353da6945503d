package dev.skep.chain.rpc;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import okhttp3.OkHttpClient;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.JsonRpc2_0Web3j;
import org.web3j.protocol.http.HttpService;

/**
 * One HTTP client to one node, for many threads; close it when the application stops. Its time-outs
 * bound how long a caller can be blocked.
 */
public final class RpcConnection implements AutoCloseable {
  private static final int UNUSED_POLLING_MILLIS = 15_000;

  private final OkHttpClient http;
  private final Web3j web3j;

  private RpcConnection(OkHttpClient http, Web3j web3j) {
    this.http = http;
    this.web3j = web3j;
  }

  /**
   * Prepares the connection; nothing is sent yet.
   *
   * @param url http or https; the operator's choice
   * @param timeout for each answer
   */
  public static RpcConnection open(String url, Duration timeout) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .callTimeout(timeout)
            .build();
    // web3j wants a scheduler for subscriptions, which we do not use: it never starts its thread.
    ScheduledExecutorService idle = Executors.newScheduledThreadPool(1);
    return new RpcConnection(
        http, new JsonRpc2_0Web3j(new HttpService(url, http), UNUSED_POLLING_MILLIS, idle));
  }

  Web3j web3j() {
    return web3j;
  }

  @Override
  public void close() {
    web3j.shutdown();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
