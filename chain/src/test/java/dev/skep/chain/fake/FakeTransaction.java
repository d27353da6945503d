package dev.skep.chain.fake;

import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.chain.wallet.UnsignedTransaction;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.security.SignatureException;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;

/** A raw transaction as a node reads it, its sender recovered from the signature. */
record FakeTransaction(Hash32 hash, WalletAddress sender, UnsignedTransaction content) {
  static FakeTransaction decode(SignedTransaction signed) {
    if (!(TransactionDecoder.decode(Hex.encode(signed.raw())) instanceof SignedRawTransaction raw)
        || !(raw.getTransaction() instanceof Transaction1559 fields)) {
      throw new IllegalArgumentException("not a signed EIP-1559 transaction");
    }
    String to = raw.getTo();
    String data = raw.getData();
    Call call =
        new Call(
            to == null || to.length() != 42 ? null : WalletAddress.parse(to),
            raw.getValue(),
            Hex.decode(data.startsWith("0x") ? data : "0x" + data));
    UnsignedTransaction content =
        new UnsignedTransaction(
            fields.getChainId(),
            raw.getNonce().longValueExact(),
            raw.getGasLimit().longValueExact(),
            new Fees(fields.getMaxFeePerGas(), fields.getMaxPriorityFeePerGas()),
            call);
    return new FakeTransaction(signed.hash(), sender(raw), content);
  }

  BigInteger price(BigInteger baseFee) {
    return content.fees().max().min(baseFee.add(content.fees().tip()));
  }

  private static WalletAddress sender(SignedRawTransaction raw) {
    try {
      return WalletAddress.parse(raw.getFrom());
    } catch (SignatureException e) {
      throw new IllegalArgumentException("no signer", e);
    }
  }
}
