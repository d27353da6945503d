package dev.skep.provider.queen;

import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.JsonObject;

/** What a queen says about herself and the chain she settles on ({@code GET /api/queen}). */
public record QueenInfo(String queenId, String version, Chain chain) {
  /** The chain id of the embedded development chain, whose wallets the faucet funds. */
  public static final long DEVELOPMENT_CHAIN = 31337;

  /** The chain and the contracts on it; {@code rpcUrl} may be reachable from her machine only. */
  public record Chain(
      long chainId,
      WalletAddress token,
      WalletAddress forwarder,
      WalletAddress ledger,
      WalletAddress voucherSigner,
      String rpcUrl) {
    public boolean hasFaucet() {
      return chainId == DEVELOPMENT_CHAIN;
    }
  }

  public static QueenInfo fetch(QueenApi queen) {
    JsonObject json = queen.get("/api/queen").object();
    return Answers.read(
        "/api/queen",
        () -> {
          JsonObject chain = json.getJsonObject("chain");
          return new QueenInfo(
              json.getString("queenId"),
              json.getString("version", ""),
              new Chain(
                  Answers.number(chain, "chainId"),
                  WalletAddress.parse(chain.getString("token")),
                  WalletAddress.parse(chain.getString("forwarder")),
                  WalletAddress.parse(chain.getString("ledger")),
                  WalletAddress.parse(chain.getString("voucherSigner")),
                  chain.getString("rpcUrl", "")));
        });
  }
}
