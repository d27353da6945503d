package dev.skep.chain.fake;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.chain.typed.Permit;
import dev.skep.chain.typed.TypedDomain;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.wallet.TokenAmount;
import java.math.BigInteger;

/** What a user without wei signs, for a relay to send. */
public final class Gasless {
  /** The year 2100: no test waits that long. */
  public static final long DEADLINE = 4_102_444_800L;

  private static final BigInteger GAS = BigInteger.valueOf(500_000);

  private final LedgerChain chain;

  public Gasless(LedgerChain chain) {
    this.chain = chain;
  }

  public Permit permit(Wallet owner, TokenAmount amount) {
    return new Permit(
        owner.address(),
        contracts().ledger(),
        amount,
        chain.permitNonce(owner.address()),
        DEADLINE);
  }

  public Signature sign(Wallet owner, Permit permit) {
    return owner.sign(permit.digest(TypedDomain.token(chain.chainId(), contracts().token())));
  }

  public ForwardRequest request(Wallet from, Call call) {
    return new ForwardRequest(
        from.address(),
        contracts().ledger(),
        BigInteger.ZERO,
        GAS,
        chain.forwarderNonce(from.address()),
        DEADLINE,
        call.data());
  }

  public Signature sign(Wallet from, ForwardRequest request) {
    return from.sign(
        request.digest(TypedDomain.forwarder(chain.chainId(), contracts().forwarder())));
  }

  /** The relay's call that carries the user's. */
  public Call forward(Wallet from, Call call) {
    ForwardRequest request = request(from, call);
    return new LedgerCalls(contracts()).execute(request, sign(from, request));
  }

  private Contracts contracts() {
    return chain.contracts();
  }
}
