package dev.skep.provider.wallet;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.proof.ChainPoolId;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.typed.Permit;
import dev.skep.chain.typed.PoolTerms;
import dev.skep.chain.typed.TypedDomain;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.provider.queen.QueenInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Puts a pool owner's tokens into the king's contract and gets what is left out again. */
public final class PoolFunds {
  private static final Duration APPOINTED = Duration.ofDays(365);

  private final Purse purse;
  private final Relay relay;
  private final InstantSource clock;

  public PoolFunds(Purse purse, InstantSource clock) {
    this.purse = purse;
    this.clock = clock;
    this.relay = new Relay(purse, clock);
  }

  /** Tokens of the wallet itself. */
  public TokenAmount balance() {
    return purse.chain().tokenBalance(purse.wallet().address());
  }

  /**
   * Makes sure that the wallet has this much: on the development chain the queen's faucet funds a
   * new wallet once, elsewhere its owner must.
   */
  public void ensureBalance(TokenAmount amount) {
    if (balance().compareTo(amount) >= 0) {
      return;
    }
    if (!purse.info().chain().hasFaucet()) {
      throw tooPoor(amount);
    }
    RelayRequest faucet =
        RelayRequest.read("/api/faucet", purse.queen().post("/api/faucet").object());
    faucet.await(purse.queen(), purse.patience(), "the faucet");
    if (balance().compareTo(amount) < 0) {
      throw tooPoor(amount);
    }
  }

  private SkepException tooPoor(TokenAmount amount) {
    return SkepException.of("balance-too-low", 402)
        .fault(Fault.CALLER)
        .because(
            "the wallet "
                + purse.wallet().address()
                + " has "
                + balance().toHuman()
                + ", the deposit is "
                + amount.toHuman())
        .hint("Send it tokens, or lower 'deposit'.");
  }

  /** Opens the pool on the chain with its first deposit; the transaction's hash. */
  public String open(PoolId pool, TokenAmount amount) {
    Permit permit = permit(amount);
    return relay.carry(
        purse.calls().openAndDeposit(ChainPoolId.salt(pool), terms(amount), permit, sign(permit)),
        "the deposit of " + amount.toHuman());
  }

  /**
   * The queen's signer, and a cap of everything that was ever deposited: it bounds what a stolen
   * key could take, and lowers nothing that a job may cost.
   */
  private PoolTerms terms(TokenAmount epochCap) {
    return new PoolTerms(
        purse.info().chain().voucherSigner(),
        clock.instant().plus(APPOINTED).getEpochSecond(),
        epochCap);
  }

  /** Adds to an open pool's deposit, and as much to its cap. */
  public String fund(Hash32 chainPool, TokenAmount amount) {
    TokenAmount cap =
        account(chainPool).map(pool -> pool.terms().epochCap()).orElse(TokenAmount.ZERO);
    Permit permit = permit(amount);
    return relay.carry(
        purse.calls().fund(chainPool, terms(cap.plus(amount)), permit, sign(permit)),
        "the deposit of " + amount.toHuman());
  }

  private Permit permit(TokenAmount amount) {
    return new Permit(
        purse.wallet().address(),
        purse.info().chain().ledger(),
        amount,
        purse.chain().permitNonce(purse.wallet().address()),
        relay.deadline());
  }

  private Signature sign(Permit permit) {
    QueenInfo.Chain chain = purse.info().chain();
    return purse.wallet().sign(permit.digest(TypedDomain.token(chain.chainId(), chain.token())));
  }

  public Optional<PoolAccount> account(Hash32 chainPool) {
    return purse.chain().pool(chainPool);
  }

  /** Asks this much back; the answer is when it may be taken. */
  public Instant requestWithdraw(Hash32 chainPool, TokenAmount amount) {
    relay.carry(
        purse.calls().requestWithdraw(chainPool, amount),
        "the request to withdraw " + amount.toHuman());
    return purse
        .patience()
        .await(
            "the withdrawal's date",
            () -> account(chainPool).map(PoolAccount::withdrawAt).filter(at -> at != null));
  }

  /** Takes back what was asked for, once its time has come. */
  public String withdraw(Hash32 chainPool) {
    return relay.carry(purse.calls().withdraw(chainPool), "the withdrawal");
  }
}
