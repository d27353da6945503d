package dev.skep.chain.identity;

import dev.skep.protocol.wallet.WalletAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ERC-4361 message: who signs in where, on which chain, with which nonce and until when.
 * Optional parts are null when absent, as in the standard's text form.
 *
 * @param domain host and port of the site that asks, without a scheme
 * @param nonce at least eight letters or digits; the server takes each one once
 */
public record SignInMessage(
    String domain,
    WalletAddress address,
    @Nullable String statement,
    String uri,
    long chainId,
    String nonce,
    Validity validity,
    @Nullable String requestId,
    List<String> resources) {

  /** When a message may be used; {@code notBefore} and {@code expiresAt} are optional. */
  public record Validity(
      Instant issuedAt, @Nullable Instant expiresAt, @Nullable Instant notBefore) {}

  public SignInMessage {
    resources = List.copyOf(resources);
  }

  /**
   * Reads the text form strictly: order, line feeds, capitals of the address, version 1.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static SignInMessage parse(String text) {
    return SignInText.read(text);
  }

  /** The text a wallet shows and signs. */
  public String text() {
    return SignInText.write(this);
  }
}
