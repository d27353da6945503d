package dev.skep.chain.ledger;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.proof.BlockBody;
import dev.skep.chain.proof.BlockHeader;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Words;
import dev.skep.chain.typed.Appointment;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.chain.typed.Permit;
import dev.skep.chain.typed.PoolTerms;
import dev.skep.chain.typed.Voucher;
import dev.skep.chain.wallet.Call;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.List;

/** Calls to our contracts, encoded by hand: selector, words, then the dynamic values. */
public final class LedgerCalls {
  private final Contracts contracts;

  public LedgerCalls(Contracts contracts) {
    this.contracts = contracts;
  }

  public Call open(Hash32 salt, PoolTerms terms) {
    return ledger(LedgerFunction.OPEN, terms.appendTo(new Words().hash(salt)));
  }

  /** The owner's: appoints anew. */
  public Call appoint(Hash32 poolId, PoolTerms terms) {
    return ledger(LedgerFunction.APPOINT, terms.appendTo(new Words().hash(poolId)));
  }

  /** Anyone's, with the owner's signature. */
  public Call appointFor(Appointment appointment, byte[] signature) {
    Words words = appointment.terms().appendTo(new Words().hash(appointment.poolId()));
    words.number(appointment.deadline()).number(6 * 32).number(signature.length);
    return ledger(LedgerFunction.APPOINT_FOR, words.padded(signature));
  }

  /** Deposits tokens that the caller has approved. */
  public Call deposit(Hash32 poolId, TokenAmount amount) {
    return ledger(LedgerFunction.DEPOSIT, new Words().hash(poolId).amount(amount));
  }

  /** Opens the permit owner's pool, appoints and deposits the permit's value in one transaction. */
  public Call openAndDeposit(Hash32 salt, PoolTerms terms, Permit permit, Signature signature) {
    return ledger(
        LedgerFunction.OPEN_WITH_PERMIT,
        permitWords(terms.appendTo(new Words().hash(salt)), permit, signature));
  }

  /** The owner's: appoints anew and deposits the permit's value. */
  public Call fund(Hash32 poolId, PoolTerms terms, Permit permit, Signature signature) {
    return ledger(
        LedgerFunction.FUND_WITH_PERMIT,
        permitWords(terms.appendTo(new Words().hash(poolId)), permit, signature));
  }

  public Call deposit(Hash32 poolId, Permit permit, Signature signature) {
    return ledger(
        LedgerFunction.DEPOSIT_WITH_PERMIT,
        permitWords(new Words().hash(poolId), permit, signature));
  }

  /** Starts the delay after which the owner takes this much back; no job may be accepted on it. */
  public Call requestWithdraw(Hash32 poolId, TokenAmount amount) {
    return ledger(LedgerFunction.REQUEST_WITHDRAW, new Words().hash(poolId).amount(amount));
  }

  public Call withdraw(Hash32 poolId) {
    return ledger(LedgerFunction.WITHDRAW, new Words().hash(poolId));
  }

  /** Closes a pool for good: after the withdraw delay the free part can be taken back. */
  public Call closePool(Hash32 poolId) {
    return ledger(LedgerFunction.CLOSE_POOL, new Words().hash(poolId));
  }

  /** Takes what nobody has claimed out of a closed pool, after the claim window. */
  public Call reclaim(Hash32 poolId) {
    return ledger(LedgerFunction.RECLAIM, new Words().hash(poolId));
  }

  /** Anyone's: pays the provider what the pool's signer says, from what no block has debited. */
  public Call redeem(Voucher voucher, byte[] signature) {
    Words words = new Words().hash(voucher.poolId()).address(voucher.provider());
    words.amount(voucher.cumulative()).number(4 * 32).number(signature.length);
    return ledger(LedgerFunction.REDEEM, words.padded(signature));
  }

  /** The king's own call; any other sender reverts. */
  public Call finalizeBlock(BlockHeader header, BlockBody body) {
    Words debits = body.debitTable();
    Words head =
        new Words()
            .number(header.number())
            .hash(header.parentHash())
            .hash(header.root())
            .hash(header.receiptsRoot())
            .number(6 * 32)
            .number(6 * 32 + debits.size());
    return ledger(
        "finalizeBlock(uint64,bytes32,bytes32,bytes32,(bytes32,uint128,uint128)[],"
            + "(uint32,address,uint128)[])",
        head.append(debits).append(body.leafTable()));
  }

  /** The provider's own claim on a block whose challenge period is over. */
  public Call claim(long number, EarningLeaf leaf, List<Hash32> proof) {
    Words head = new Words().number(number).hash(leaf.poolId()).amount(leaf.cumulative());
    return ledger(LedgerFunction.CLAIM, withProof(head.number(4 * 32), proof));
  }

  /** Anyone's claim for a provider; the money goes to the provider. */
  public Call claimFor(long number, EarningLeaf leaf, List<Hash32> proof) {
    Words head = new Words().number(number).hash(leaf.poolId()).address(leaf.provider());
    return ledger(
        LedgerFunction.CLAIM_FOR, withProof(head.amount(leaf.cumulative()).number(5 * 32), proof));
  }

  public Call transfer(WalletAddress to, TokenAmount amount) {
    Words words = new Words().address(to).amount(amount);
    return Call.to(contracts.token(), Selector.encode("transfer(address,uint256)", words));
  }

  public Call approve(WalletAddress spender, TokenAmount amount) {
    Words words = new Words().address(spender).amount(amount);
    return Call.to(contracts.token(), Selector.encode("approve(address,uint256)", words));
  }

  /** The token owner's call. */
  public Call mint(WalletAddress to, TokenAmount amount) {
    Words words = new Words().address(to).amount(amount);
    return Call.to(contracts.token(), Selector.encode("mint(address,uint256)", words));
  }

  /** The relay's call: executes what the user signed. */
  public Call execute(ForwardRequest request, Signature signature) {
    Words words = new Words().number(32).append(requestData(request, signature));
    return new Call(
        contracts.forwarder(),
        request.value(),
        Selector.encode("execute((address,address,uint256,uint256,uint48,bytes,bytes))", words));
  }

  /** Asks the forwarder whether it would execute this request now. */
  public Call verify(ForwardRequest request, Signature signature) {
    Words words = new Words().number(32).append(requestData(request, signature));
    return Call.to(
        contracts.forwarder(),
        Selector.encode("verify((address,address,uint256,uint256,uint48,bytes,bytes))", words));
  }

  /** {@code ForwardRequestData}: the nonce is not in it, the forwarder knows it. */
  static Words requestData(ForwardRequest request, Signature signature) {
    byte[] data = request.data();
    Words inner = new Words().number(data.length).padded(data);
    Words words =
        new Words()
            .address(request.from())
            .address(request.to())
            .number(request.value())
            .number(request.gas())
            .number(request.deadline())
            .number(7 * 32)
            .number(7 * 32 + inner.size());
    byte[] proof = signature.bytes();
    return words.append(inner).number(proof.length).padded(proof);
  }

  private static Words permitWords(Words first, Permit permit, Signature signature) {
    Words words = first.amount(permit.value()).number(permit.deadline());
    return words.number(signature.v()).number(signature.r()).number(signature.s());
  }

  private static Words withProof(Words head, List<Hash32> proof) {
    head.number(proof.size());
    proof.forEach(head::hash);
    return head;
  }

  private Call ledger(String function, Words words) {
    return Call.to(contracts.ledger(), Selector.encode(function, words));
  }
}
