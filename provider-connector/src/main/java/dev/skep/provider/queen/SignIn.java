package dev.skep.provider.queen;

import dev.skep.chain.identity.SignInMessage;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Signs a wallet in (ERC-4361). The text comes from the queen, so nothing is signed before it was
 * read: it must name her own address, this wallet, and a time to come.
 */
public final class SignIn {
  private final QueenApi queen;
  private final Wallet wallet;
  private final InstantSource clock;

  public SignIn(QueenApi queen, Wallet wallet, InstantSource clock) {
    this.queen = queen;
    this.wallet = wallet;
    this.clock = clock;
  }

  /** A queen that knows who calls. */
  public QueenApi signIn() {
    return queen.withToken(token());
  }

  /** A fresh bearer token: whoever holds it is this wallet for the queen until it expires. */
  public String token() {
    JsonObject ask = Json.createObjectBuilder().add("address", wallet.address().toString()).build();
    JsonObject challenge = queen.post("/api/login/challenges", ask).object();
    String text = Answers.read("/api/login/challenges", () -> challenge.getString("message"));
    check(text);
    JsonObject answer =
        Json.createObjectBuilder()
            .add("message", text)
            .add("signature", wallet.signMessage(text).toString())
            .build();
    JsonObject login = queen.post("/api/login", answer).object();
    return Answers.read("/api/login", () -> login.getString("token"));
  }

  private void check(String text) {
    SignInMessage message;
    try {
      message = SignInMessage.parse(text);
    } catch (IllegalArgumentException e) {
      throw suspicious("it is not a sign-in message: " + e.getMessage()).causedBy(e);
    }
    QueenUrl url = queen.url();
    if (!message.domain().equals(url.authority())) {
      throw suspicious("it is for the site " + message.domain() + ", not " + url.authority());
    }
    if (!message.uri().equals(url.toString()) && !message.uri().equals(url + "/")) {
      throw suspicious("it is for " + message.uri() + ", not " + url);
    }
    if (!message.address().equals(wallet.address())) {
      throw suspicious("it is for another wallet, " + message.address());
    }
    if (!message.resources().isEmpty() || isPast(message.validity().expiresAt())) {
      throw suspicious("it grants more than a sign-in, or its time is over");
    }
  }

  private boolean isPast(@Nullable Instant time) {
    return time != null && time.isBefore(clock.instant());
  }

  private static SkepException suspicious(String why) {
    return SkepException.of("sign-in-suspicious", 502)
        .fault(Fault.PLATFORM)
        .because("nothing was signed: the queen asked to sign a text that is not hers: " + why)
        .hint("Use the queen's own address with --queen; tell her operator if it was that.");
  }
}
