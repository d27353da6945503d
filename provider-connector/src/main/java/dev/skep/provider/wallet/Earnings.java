package dev.skep.provider.wallet;

import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.provider.queen.Answers;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What a provider has earned, by pool, and how it gets it. */
public final class Earnings {
  private final Purse purse;
  private final Relay relay;

  public Earnings(Purse purse, InstantSource clock) {
    this.purse = purse;
    this.relay = new Relay(purse, clock);
  }

  /**
   * A pool's newest provable earning.
   *
   * @param cumulative everything earned there so far, claimed or not
   */
  public record Earning(
      String poolId,
      Hash32 chainPool,
      WalletAddress provider,
      long block,
      TokenAmount cumulative,
      List<Hash32> proof) {}

  /** One claim that was made. */
  public record Claim(String poolId, TokenAmount amount, TokenAmount cumulative, String tx) {}

  public List<Earning> list() {
    String path = "/api/earnings/" + purse.wallet().address();
    JsonArray answer = purse.queen().get(path).list("earnings");
    return Answers.read(
        path, () -> answer.getValuesAs(JsonObject.class).stream().map(Earnings::read).toList());
  }

  private static Earning read(JsonObject json) {
    return new Earning(
        json.getString("poolId"),
        Hash32.parse(json.getString("chainPoolId")),
        WalletAddress.parse(json.getString("provider")),
        Answers.number(json, "blockNumber"),
        TokenAmount.parse(json.getString("cumulative")),
        proof(json.getJsonArray("proof")));
  }

  private static List<Hash32> proof(JsonArray siblings) {
    return siblings.getValuesAs(JsonString.class).stream()
        .map(sibling -> Hash32.parse(sibling.getString()))
        .toList();
  }

  /** What the contract has not paid yet of an earning. */
  public TokenAmount open(Earning earning) {
    TokenAmount claimed = purse.chain().claimedOf(earning.chainPool(), purse.wallet().address());
    return earning.cumulative().compareTo(claimed) > 0
        ? earning.cumulative().minus(claimed)
        : TokenAmount.ZERO;
  }

  /** Claims everything that is provable now. */
  public List<Claim> claimAll() {
    List<Claim> claims = new ArrayList<>();
    for (Earning earning : list()) {
      TokenAmount amount = open(earning);
      if (!amount.isZero()) {
        EarningLeaf leaf =
            new EarningLeaf(earning.chainPool(), purse.wallet().address(), earning.cumulative());
        String tx =
            relay.carry(
                purse.calls().claim(earning.block(), leaf, earning.proof()),
                "the claim of " + amount.toHuman());
        claims.add(new Claim(earning.poolId(), amount, earning.cumulative(), tx));
      }
    }
    return claims;
  }
}
