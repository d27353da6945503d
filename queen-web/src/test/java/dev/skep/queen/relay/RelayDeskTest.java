package dev.skep.queen.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.ledger.LedgerFunction;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.wallet.Call;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.WalletAddress;
import dev.skep.queen.rest.InvalidRequest;
import dev.skep.queen.settings.TestSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayDeskTest {
  private static final WalletAddress ALICE = WalletAddress.parse("0x" + "a1".repeat(20));
  private static final WalletAddress BOB = WalletAddress.parse("0x" + "b2".repeat(20));
  private static final WalletAddress LEDGER = WalletAddress.parse("0x" + "1e".repeat(20));
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String CLAIM = LedgerCall.CLAIM.selector();

  private final FakeRelayRequests requests = new FakeRelayRequests();
  private final RelayDesk desk = new RelayDesk();

  @BeforeEach
  void setUp() {
    desk.requests = requests;
    desk.ids = Uuid7.system();
    desk.settings = TestSettings.local();
  }

  @Test
  void shouldKnowTheSelectorsOfTheLedger() {
    Call withdraw = new LedgerCalls(new Contracts(ALICE, BOB, LEDGER)).withdraw(Hash32.ZERO);
    assertThat(LedgerCall.of(Hex.encode(withdraw.data()))).contains(LedgerCall.WITHDRAW);
    assertThat(LedgerCall.signatures()).containsExactlyElementsOf(LedgerFunction.ALL);
    assertThat(LedgerCall.of("0xa9059cbb")).isEmpty();
  }

  @Test
  void shouldGiveTheSameRequestBackForTheSameNonce() {
    RelayRequest first = desk.forward(ALICE, call("7", CLAIM));
    assertThat(desk.forward(ALICE, call("7", CLAIM)).id()).isEqualTo(first.id());
    assertThat(desk.forward(ALICE, call("8", CLAIM)).id()).isNotEqualTo(first.id());
  }

  @Test
  void shouldRefuseAnotherCallWithANonceThatIsOnItsWay() {
    desk.forward(ALICE, call("7", CLAIM));
    SignedCall other = call("7", LedgerCall.OPEN.selector());
    assertThat(refusal(() -> desk.forward(ALICE, other))).isEqualTo("nonce-in-use");
  }

  @Test
  void shouldLetAFailedCallBeTriedAgain() {
    RelayRequest first = desk.forward(ALICE, call("7", CLAIM));
    requests.fail(first.id());
    assertThat(desk.forward(ALICE, call("7", CLAIM)).id()).isNotEqualTo(first.id());
  }

  @Test
  void shouldRefuseAnothersCall() {
    assertThat(refusal(() -> desk.forward(BOB, call("7", CLAIM)))).isEqualTo("not-your-wallet");
  }

  @Test
  void shouldShowARequestToItsWalletOnly() {
    String id = desk.forward(ALICE, call("7", CLAIM)).id().toString();
    assertThat(desk.show(ALICE, id).state()).isEqualTo("QUEUED");
    assertThat(refusal(() -> desk.show(BOB, id))).isEqualTo("relay-request-not-found");
    assertThat(refusal(() -> desk.show(ALICE, "x"))).isEqualTo("relay-request-not-found");
  }

  @Test
  void shouldFundAWalletOnceAndOnTheDevelopmentChainOnly() {
    assertThat(desk.faucet(ALICE).id()).isEqualTo(desk.faucet(ALICE).id());
    desk.settings = TestSettings.at("https://queen.example", 10);
    assertThat(refusal(() -> desk.faucet(ALICE))).isEqualTo("faucet-off");
  }

  @Test
  void shouldPointAtEveryMemberThatIsWrong() {
    String body =
        """
        {"request":{"from":"0x1","to":"%s","value":"5","gas":"1e3","nonce":-1,"deadline":1,
         "data":"0xa9059cbb"},"signature":"0x00","extra":true}
        """
            .formatted(BOB);
    InvalidRequest invalid = catchThrowableOfType(InvalidRequest.class, () -> read(body));
    assertThat(invalid.findings())
        .extracting(InvalidRequest.Finding::pointer)
        .contains(
            "/extra",
            "/request/from",
            "/request/to",
            "/request/value",
            "/request/gas",
            "/request/nonce",
            "/request/deadline",
            "/request/data",
            "/signature");
  }

  private static SignedCall call(String nonce, String data) {
    return read(
        """
        {"request":{"from":"%s","to":"%s","value":"0","gas":"600000","nonce":"%s","deadline":%d,
         "data":"%s"},"signature":"0x%s"}
        """
            .formatted(ALICE, LEDGER, nonce, NOW.getEpochSecond() + 900, data, "5".repeat(130)));
  }

  private static SignedCall read(String body) {
    return SignedCall.read(body.getBytes(StandardCharsets.UTF_8), LEDGER, NOW);
  }

  private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(SkepException.class, call).code();
  }
}
