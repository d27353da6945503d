package dev.skep.chain.typed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.Words;
import dev.skep.protocol.wallet.WalletAddress;

/** The EIP-712 domain of one of our contracts; all of them are version 1. */
public record TypedDomain(String name, long chainId, WalletAddress contract) {
  private static final Hash32 TYPE =
      text("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  private static final byte[] PREFIX = {0x19, 0x01};

  /** The domain in which permits of the token are signed. */
  public static TypedDomain token(long chainId, WalletAddress token) {
    return new TypedDomain("Skep", chainId, token);
  }

  /** The domain in which requests to the forwarder are signed. */
  public static TypedDomain forwarder(long chainId, WalletAddress forwarder) {
    return new TypedDomain("SkepForwarder", chainId, forwarder);
  }

  /** The domain in which vouchers and appointments are signed. */
  public static TypedDomain ledger(long chainId, WalletAddress ledger) {
    return new TypedDomain("KingLedger", chainId, ledger);
  }

  public Hash32 separator() {
    Words words = new Words().hash(TYPE).hash(text(name)).hash(text("1"));
    return Keccak.hash(words.number(chainId).address(contract));
  }

  Hash32 digest(Words struct) {
    return Keccak.hash(PREFIX, separator().bytes(), Keccak.hash(struct).bytes());
  }

  static Hash32 text(String text) {
    return Keccak.hash(text.getBytes(UTF_8));
  }
}
