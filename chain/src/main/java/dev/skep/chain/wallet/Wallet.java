package dev.skep.chain.wallet;

import static java.util.Locale.ROOT;
import static org.web3j.crypto.Bip32ECKeyPair.HARDENED_BIT;

import dev.skep.chain.identity.PersonalMessage;
import dev.skep.chain.identity.Signature;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.Sign.SignatureData;
import org.web3j.crypto.TransactionEncoder;

/** One private key and what it may do: sign. The key itself is never printed or handed out. */
public final class Wallet {
  private final ECKeyPair keys;
  private final WalletAddress address;

  Wallet(ECKeyPair keys) {
    this.keys = keys;
    this.address = WalletAddress.parse(Credentials.create(keys).getAddress());
  }

  /**
   * The key at {@code m/44'/60'/0'/0/index} of a BIP-39 mnemonic, as common wallets derive it.
   *
   * @throws SkepException {@code mnemonic-invalid} when a word or the checksum is wrong
   */
  public static Wallet fromMnemonic(String mnemonic, int index) {
    String words = words(mnemonic);
    if (!MnemonicUtils.validateMnemonic(words)) {
      throw SkepException.of("mnemonic-invalid", 400)
          .because("MNEMONIC is not a BIP-39 mnemonic: a word or its checksum is wrong.")
          .hint("Check the words, or leave MNEMONIC empty to use this machine's own wallet.");
    }
    Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(words, null));
    int[] path = {44 | HARDENED_BIT, 60 | HARDENED_BIT, HARDENED_BIT, 0, index};
    return new Wallet(Bip32ECKeyPair.deriveKeyPair(master, path));
  }

  /** A mnemonic as the standard spells it, however it was typed. */
  static String words(String mnemonic) {
    return mnemonic.strip().toLowerCase(ROOT).replaceAll("\\s+", " ");
  }

  /** The wallet of a private key. */
  public static Wallet fromPrivateKey(Hash32 key) {
    return new Wallet(ECKeyPair.create(key.bytes()));
  }

  public WalletAddress address() {
    return address;
  }

  /** Signs a digest as it is: the digest must already bind what it is for. */
  public Signature sign(Hash32 digest) {
    SignatureData data = Sign.signMessage(digest.bytes(), keys, false);
    return new Signature(number(data.getR()), number(data.getS()), data.getV()[0]);
  }

  /** Signs a text as EIP-191 has it, which can never be a transaction. */
  public Signature signMessage(String text) {
    return sign(PersonalMessage.digest(text));
  }

  public SignedTransaction sign(UnsignedTransaction transaction) {
    Call call = transaction.call();
    RawTransaction raw =
        RawTransaction.createTransaction(
            transaction.chainId(),
            BigInteger.valueOf(transaction.nonce()),
            BigInteger.valueOf(transaction.gasLimit()),
            text(call.to()),
            call.value(),
            Hex.encode(call.data()),
            transaction.fees().tip(),
            transaction.fees().max());
    return new SignedTransaction(TransactionEncoder.signMessage(raw, Credentials.create(keys)));
  }

  /** For the keystore only. */
  ECKeyPair keys() {
    return keys;
  }

  @Override
  public String toString() {
    return "Wallet[" + address + "]";
  }

  private static String text(@Nullable WalletAddress to) {
    return to == null ? "" : to.toString();
  }

  private static BigInteger number(byte[] unsigned) {
    return new BigInteger(1, unsigned);
  }
}
