package dev.skep.chain.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.chain.identity.PersonalMessage;
import dev.skep.chain.proof.Keccak;
import dev.skep.protocol.SkepException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class WalletTest {
  static final String MNEMONIC = "test test test test test test test test test test test junk";

  private final Wallet wallet = Wallet.fromMnemonic(MNEMONIC, 0);

  @Test
  void shouldDeriveTheAddressesOtherWalletsDerive() {
    assertThat(wallet.address()).hasToString("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    assertThat(Wallet.fromMnemonic(MNEMONIC, 9).address())
        .hasToString("0xa0ee7a142d267c1f36714e4a8f75612f20a79720");
  }

  @Test
  void shouldReadAMnemonicHoweverItIsSpacedAndCapitalized() {
    String untidy = "  " + MNEMONIC.replace(" ", "\n ").replace("junk", "Junk") + "\n";
    assertThat(Wallet.fromMnemonic(untidy, 0).address()).isEqualTo(wallet.address());
  }

  @Test
  void shouldRefuseAMnemonicWithAWrongChecksum() {
    assertThatThrownBy(() -> Wallet.fromMnemonic(MNEMONIC.replace("junk", "test"), 0))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("mnemonic-invalid"));
  }

  @Test
  void shouldMakeSignaturesThatNameTheirSigner() {
    assertThat(wallet.signMessage("hello").signer(PersonalMessage.digest("hello")))
        .isEqualTo(wallet.address());
    assertThat(wallet.signMessage("hello").signer(Keccak.hash(new byte[] {1})))
        .isNotEqualTo(wallet.address());
  }

  @Test
  void shouldSignTheSameTransactionIntoTheSameBytes() {
    Fees fees = new Fees(BigInteger.TEN, BigInteger.ONE);
    Call call = Call.transfer(wallet.address(), BigInteger.ZERO);
    UnsignedTransaction transaction = new UnsignedTransaction(31337, 0, 21_000, fees, call);
    assertThat(wallet.sign(transaction)).isEqualTo(wallet.sign(transaction));
    assertThat(wallet.sign(transaction).raw()[0]).isEqualTo((byte) 2);
    assertThat(wallet.sign(transaction.at(fees.raised())).hash())
        .isNotEqualTo(wallet.sign(transaction).hash());
  }

  @Test
  void shouldNotPrintTheKey() {
    assertThat(wallet).hasToString("Wallet[" + wallet.address() + "]");
  }
}
