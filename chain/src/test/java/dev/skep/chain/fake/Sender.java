package dev.skep.chain.fake;

import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.ledger.MinedTransaction;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.chain.wallet.UnsignedTransaction;
import dev.skep.chain.wallet.Wallet;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * Signs, sends and waits; one test thread per wallet, for it takes the node's word for the nonce.
 */
public final class Sender {
  private static final long GAS_LIMIT = 6_000_000;

  private final ChainNode node;

  public Sender(ChainNode node) {
    this.node = node;
  }

  public SignedTransaction sign(Wallet wallet, Call call) {
    long nonce = node.minedNonce(wallet.address());
    return wallet.sign(
        new UnsignedTransaction(node.chainId(), nonce, GAS_LIMIT, node.fees(), call));
  }

  /** Whatever came of it, a revert too. */
  public MinedTransaction send(Wallet wallet, Call call) {
    SignedTransaction signed = sign(wallet, call);
    node.send(signed);
    return mined(signed.hash());
  }

  /** As send, of a call that must not revert. */
  public MinedTransaction succeed(Wallet wallet, Call call) {
    MinedTransaction mined = send(wallet, call);
    if (!mined.succeeded()) {
      throw new AssertionError("reverted: " + call);
    }
    return mined;
  }

  public MinedTransaction mined(Hash32 hash) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> node.mined(hash), Optional::isPresent)
        .orElseThrow();
  }
}
