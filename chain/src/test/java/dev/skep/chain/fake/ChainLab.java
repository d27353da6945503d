package dev.skep.chain.fake;

import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.Deployment;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.typed.PoolTerms;
import dev.skep.chain.wallet.KeyRole;
import dev.skep.chain.wallet.ServerKeys;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.wallet.TokenAmount;
import java.time.Duration;

/**
 * A chain that a test can turn by hand, with our contracts to deploy and server keys that have wei.
 * Each lab has contracts of its own.
 */
public interface ChainLab {
  Duration CHALLENGE = Deployment.Periods.DEVELOPMENT.challenge();
  Duration WITHDRAW_DELAY = Deployment.Periods.DEVELOPMENT.withdraw();

  /** The mnemonic of every tutorial; good for chains that end with the test. */
  String MNEMONIC = "test test test test test test test test test test test junk";

  ServerKeys KEYS = ServerKeys.of(MNEMONIC, ServerKeys.LOCAL_CHAIN);

  LedgerChain chain();

  void mine(int blocks);

  void passTime(Duration time);

  void reorg(int depth);

  default Wallet key(KeyRole role) {
    return KEYS.wallet(role);
  }

  default Contracts contracts() {
    return chain().contracts();
  }

  /** Sends what a wallet signs and waits until it is mined. */
  default Sender sender() {
    return new Sender(chain());
  }

  static Deployment.Terms terms() {
    return new Deployment.Terms(
        KEYS.wallet(KeyRole.KING).address(),
        KEYS.wallet(KeyRole.GUARDIAN).address(),
        TokenAmount.parseHuman("1000000000 SKEP"),
        Deployment.Periods.DEVELOPMENT);
  }

  /** The server's signer, for ever, and a cap that never binds. */
  static PoolTerms poolTerms() {
    return new PoolTerms(
        KEYS.wallet(KeyRole.VOUCHERS).address(),
        Gasless.DEADLINE,
        TokenAmount.parseHuman("1000000000 SKEP"));
  }

  /** Plans the three contracts at the deployer's next nonces. */
  static Deployment plan(long firstNonce) {
    return Deployment.plan(KEYS.wallet(KeyRole.DEPLOYER).address(), firstNonce, terms());
  }
}
