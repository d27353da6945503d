package dev.skep.queen.operations;

import dev.skep.broker.BrokerSessions;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.identity.SessionTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** Throws a wallet out: first what lets it in again, then what it still holds. */
@ApplicationScoped
public class BanDesk {
  @Inject Bans bans;
  @Inject SessionTokens tokens;
  @Inject Event<WalletBanned> banned;

  void ban(WalletAddress address, String reason) {
    bans.add(address, reason);
    tokens.revokeAll(address);
    List<UUID> ended = BrokerSessions.get().ban(address.toString(), reason);
    banned.fire(new WalletBanned(address, reason, ended));
  }

  boolean unban(WalletAddress address) {
    BrokerSessions.get().unban(address.toString());
    return bans.remove(address);
  }
}
