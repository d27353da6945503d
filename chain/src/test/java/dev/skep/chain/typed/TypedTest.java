package dev.skep.chain.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.Vectors;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.chain.wallet.UnsignedTransaction;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Hashes, signatures and bytes, all as ethers makes them. */
class TypedTest {
  private static final long DEADLINE = 1_800_000_000L;

  private final JsonObject vector = Vectors.all().getJsonObject("typed");
  private final Wallet wallet =
      Wallet.fromMnemonic("test test test test test test test test test test test junk", 0);
  private final ForwardRequest request =
      new ForwardRequest(
          wallet.address(),
          address(60),
          BigInteger.ZERO,
          BigInteger.valueOf(300_000),
          BigInteger.TWO,
          DEADLINE,
          Hex.decode("0xdeadbeef01"));
  private final TypedDomain forwarder = TypedDomain.forwarder(4202, address(41));

  @Test
  void shouldSignPermits() {
    Permit permit =
        new Permit(
            wallet.address(),
            address(50),
            TokenAmount.parseHuman("10 SKEP"),
            BigInteger.valueOf(3),
            DEADLINE);
    TypedDomain token = TypedDomain.token(31337, address(40));
    assertSigned(vector.getJsonObject("permit"), permit.digest(token));
  }

  @Test
  void shouldSignVouchersAndAppointments() {
    TypedDomain ledger = TypedDomain.ledger(31337, address(60));
    Voucher voucher = new Voucher(Keccak.hash(new byte[0]), address(5), TokenAmount.of(70));
    assertSigned(vector.getJsonObject("voucher"), voucher.digest(ledger));
    assertThat(calldata(voucher)).isEqualTo(vector.getJsonObject("voucher").getString("calldata"));
    PoolTerms terms = new PoolTerms(address(6), DEADLINE, TokenAmount.of(80));
    Appointment appointment = new Appointment(voucher.poolId(), terms, 4, DEADLINE);
    JsonObject expected = vector.getJsonObject("appointment");
    assertSigned(expected, appointment.digest(ledger));
    byte[] signature = wallet.sign(appointment.digest(ledger)).bytes();
    assertThat(Hex.encode(calls().appointFor(appointment, signature).data()))
        .isEqualTo(expected.getString("calldata"));
  }

  private String calldata(Voucher voucher) {
    TypedDomain ledger = TypedDomain.ledger(31337, address(60));
    byte[] signature = wallet.sign(voucher.digest(ledger)).bytes();
    return Hex.encode(calls().redeem(voucher, signature).data());
  }

  private static LedgerCalls calls() {
    return new LedgerCalls(new Contracts(address(40), address(41), address(60)));
  }

  @Test
  void shouldEncodeAFundingAsEthersDoes() {
    Permit permit =
        new Permit(wallet.address(), address(60), TokenAmount.of(9), BigInteger.ONE, DEADLINE);
    PoolTerms terms = new PoolTerms(address(6), DEADLINE, TokenAmount.of(80));
    Signature signature = wallet.sign(permit.digest(TypedDomain.token(31337, address(40))));
    Hash32 salt = Keccak.hash(new byte[0]);
    assertThat(Hex.encode(calls().openAndDeposit(salt, terms, permit, signature).data()))
        .isEqualTo(vector.getString("openWithPermit"));
  }

  @Test
  void shouldSignForwardRequests() {
    assertSigned(vector.getJsonObject("request"), request.digest(forwarder));
  }

  @Test
  void shouldEncodeTheRelaysCall() {
    Contracts contracts = new Contracts(address(40), address(41), address(60));
    Signature signature = wallet.sign(request.digest(forwarder));
    Call call = new LedgerCalls(contracts).execute(request, signature);
    assertThat(call.to()).isEqualTo(address(41));
    assertThat(Hex.encode(call.data()))
        .isEqualTo(vector.getJsonObject("request").getString("calldata"));
  }

  @Test
  void shouldSignMessages() {
    JsonObject message = vector.getJsonObject("message");
    assertThat(wallet.signMessage(message.getString("text")))
        .hasToString(message.getString("signature"));
  }

  @Test
  void shouldSignTransactions() {
    Call call = new Call(address(60), BigInteger.valueOf(3), Hex.decode("0x0102"));
    Fees fees = new Fees(BigInteger.valueOf(100), BigInteger.TWO);
    UnsignedTransaction transaction = new UnsignedTransaction(31337, 5, 21_000, fees, call);
    assertThat(Hex.encode(wallet.sign(transaction).raw()))
        .isEqualTo(vector.getJsonObject("transaction").getString("raw"));
  }

  @Test
  void shouldRefuseADeadlineThatTheContractCannotHold() {
    assertThatThrownBy(
            () ->
                new ForwardRequest(
                    address(1),
                    address(2),
                    BigInteger.ZERO,
                    BigInteger.ONE,
                    BigInteger.ZERO,
                    1L << 48,
                    new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertSigned(JsonObject expected, Hash32 digest) {
    assertThat(digest).hasToString(expected.getString("digest"));
    assertThat(wallet.sign(digest)).hasToString(expected.getString("signature"));
    assertThat(Signature.parse(expected.getString("signature")).signer(digest))
        .isEqualTo(wallet.address());
  }

  private static WalletAddress address(int number) {
    return WalletAddress.parse(String.format("0x%040x", number));
  }
}
