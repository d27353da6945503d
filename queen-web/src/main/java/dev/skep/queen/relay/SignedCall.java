package dev.skep.queen.relay;

import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.JsonBody;
import dev.skep.queen.rest.Members;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An ERC-2771 request with its signature, of the right shape. Whether the signature is the wallet's
 * is the king's to check: the forwarder would refuse it anyway.
 *
 * @param deadline seconds since 1970
 * @param data 0x hex in lower case
 */
record SignedCall(
    WalletAddress from,
    WalletAddress to,
    BigInteger gas,
    BigInteger nonce,
    long deadline,
    String data,
    String signature) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,78}");
  private static final Pattern DATA = Pattern.compile("0x([0-9a-f]{2}){4,8192}");
  private static final Pattern SIGNATURE = Pattern.compile("0x[0-9a-f]{130}");
  private static final BigInteger MOST_GAS = BigInteger.valueOf(2_000_000);
  private static final Duration LONGEST = Duration.ofHours(1);

  static SignedCall read(byte[] body, WalletAddress ledger, Instant now) {
    Members members = Members.of(JsonBody.object(body), "request", "signature");
    Members request =
        members.object("request", "from", "to", "value", "gas", "nonce", "deadline", "data");
    SignedCall call =
        new SignedCall(
            address(request, "from"),
            address(request, "to"),
            number(request, "gas"),
            number(request, "nonce"),
            number(request, "deadline").min(BigInteger.valueOf(Long.MAX_VALUE)).longValue(),
            hex(request, "data", DATA),
            hex(members, "signature", SIGNATURE));
    if (number(request, "value").signum() != 0) {
      request.wrong("value", "must be 0");
    }
    call.check(request, ledger, now);
    members.check();
    return call;
  }

  private void check(Members request, WalletAddress ledger, Instant now) {
    if (!to.equals(ledger)) {
      request.wrong("to", "must be the ledger, " + ledger);
    }
    if (gas.compareTo(MOST_GAS) > 0 || gas.signum() == 0) {
      request.wrong("gas", "must be from 1 to " + MOST_GAS);
    }
    long left = deadline - now.getEpochSecond();
    if (left < 5 || left > LONGEST.toSeconds()) {
      request.wrong("deadline", "must be from 5 s to 1 h from now, in seconds since 1970");
    }
    if (LedgerCall.of(data).isEmpty()) {
      request.wrong("data", "must call one of " + String.join(", ", LedgerCall.signatures()));
    }
  }

  private static WalletAddress address(Members members, String name) {
    String text = members.text(name, 42, 42).toLowerCase(Locale.ROOT);
    if (text.matches("0x[0-9a-f]{40}")) {
      return new WalletAddress(text);
    }
    members.wrong(name, "must be 0x and 40 hex digits");
    return new WalletAddress("0x" + "0".repeat(40));
  }

  private static BigInteger number(Members members, String name) {
    String text = members.digits(name);
    if (NUMBER.matcher(text).matches()) {
      return new BigInteger(text);
    }
    members.wrong(name, "must be a whole number, as a text of digits or a number");
    return BigInteger.ZERO;
  }

  private static String hex(Members members, String name, Pattern form) {
    String text = members.text(name, 2, 2 + 2 * 8192).toLowerCase(Locale.ROOT);
    if (text.length() > 2 && !form.matcher(text).matches()) {
      members.wrong(name, "must be 0x and hex digits of the right length");
    }
    return text;
  }

  /** One nonce of a wallet is one call, however often it is sent. */
  String dedupe() {
    return "forward:" + from + ":" + nonce;
  }

  JsonObject payload() {
    return Json.createObjectBuilder()
        .add(
            "request",
            Json.createObjectBuilder()
                .add("from", from.toString())
                .add("to", to.toString())
                .add("value", "0")
                .add("gas", gas.toString())
                .add("nonce", nonce.toString())
                .add("deadline", Long.toString(deadline))
                .add("data", data))
        .add("signature", signature)
        .build();
  }
}
