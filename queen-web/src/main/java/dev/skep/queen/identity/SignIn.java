package dev.skep.queen.identity;

import dev.skep.chain.identity.ContractSignatures;
import dev.skep.chain.identity.SignInMessage;
import dev.skep.chain.identity.SignInVerifier;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.metrics.annotation.Counted;

/**
 * Signing in: a challenge is the full text to sign, a login the text and its signature. The
 * signature is checked first and the nonce used last, so that a stranger's garbage cannot spend
 * another's challenge.
 */
@ApplicationScoped
public class SignIn {
  static final Duration CHALLENGE_LIFE = Duration.ofMinutes(5);
  static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private static final String STATEMENT = "Sign in to Skep. This costs nothing and moves no token.";

  @Inject Challenges challenges;
  @Inject Sessions sessions;
  @Inject Origins origins;
  @Inject QueenSettings settings;
  @Inject Clock clock;
  @Inject Uuid7 ids;

  /** The text to sign, with the moment it stops being good. */
  public record Challenge(String message, String nonce, Instant expiresAt) {}

  /** A new session and its token, which is shown this once. */
  public record Login(String token, Session session) {}

  public Challenge challenge(WalletAddress address, URI request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant expiresAt = now.plus(CHALLENGE_LIFE);
    String nonce = Secrets.nonce();
    URI origin = origins.of(request);
    SignInMessage message =
        new SignInMessage(
            origin.getRawAuthority(),
            address,
            STATEMENT,
            origin.toString(),
            settings.chain().chainId(),
            nonce,
            new SignInMessage.Validity(now, expiresAt, null),
            null,
            List.of());
    challenges.open(nonce, expiresAt);
    return new Challenge(message.text(), nonce, expiresAt);
  }

  @Counted(name = "skep_login_attempts", absolute = true, description = "Tries to sign in")
  public Login login(String text, String signature) {
    Instant now = clock.instant();
    String nonce = verify(text, signature, now);
    WalletAddress address = SignInMessage.parse(text).address();
    if (sessions.isBanned(address)) {
      throw refused(
          "wallet-banned", 403, "This wallet is banned from this queen.", "Ask her operator.");
    }
    use(nonce, now);
    Session session = new Session(ids.next(), address, SessionRole.CLIENT, now.plus(TOKEN_LIFE));
    String token = Secrets.token();
    sessions.open(session, Secrets.sha256(token));
    return new Login(token, session);
  }

  private String verify(String text, String signature, Instant now) {
    SignInVerifier verifier = new SignInVerifier(ContractSignatures.NONE);
    String domain = text.substring(0, Math.max(0, text.indexOf(' ')));
    verifier.verify(
        text, signature, new SignInVerifier.Expectations(domain, settings.chain().chainId(), now));
    SignInMessage message = SignInMessage.parse(text);
    if (!origins.isOurs(message.domain(), message.uri())) {
      throw refused(
          "sign-in-refused", 401, "The sign-in message is refused: it is for another site.", AGAIN);
    }
    return message.nonce();
  }

  private void use(String nonce, Instant now) {
    switch (challenges.use(nonce, now)) {
      case TAKEN -> {}
      case ALREADY_USED ->
          throw refused(
              "login-replayed", 401, "This challenge has already been used to sign in.", AGAIN);
      case UNKNOWN_OR_EXPIRED ->
          throw refused(
              "challenge-unknown",
              401,
              "This challenge was not given out here or has expired.",
              AGAIN);
    }
  }

  private static final String AGAIN =
      "Ask for a new challenge with POST /api/login/challenges and sign exactly its text.";

  private static SkepException refused(String code, int status, String because, String hint) {
    return SkepException.of(code, status).fault(Fault.CALLER).because(because).hint(hint);
  }
}
