package dev.skep.king.settlement;

import dev.skep.chain.wallet.KeyRole;
import dev.skep.chain.wallet.ServerKeys;
import dev.skep.king.outbox.Signer;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.Map;

/** The server's keys by role; each has one writer, the king. */
public record KingKeys(
    Signer king, Signer deployer, Signer relay, WalletAddress guardian, WalletAddress vouchers) {
  public static KingKeys of(ServerKeys keys) {
    return new KingKeys(
        Signer.of(keys.wallet(KeyRole.KING)),
        Signer.of(keys.wallet(KeyRole.DEPLOYER)),
        Signer.of(keys.wallet(KeyRole.RELAY)),
        keys.wallet(KeyRole.GUARDIAN).address(),
        keys.wallet(KeyRole.VOUCHERS).address());
  }

  Map<WalletAddress, Signer> byAddress() {
    return Map.of(king.address(), king, deployer.address(), deployer, relay.address(), relay);
  }
}
