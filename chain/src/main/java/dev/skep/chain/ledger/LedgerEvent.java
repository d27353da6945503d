package dev.skep.chain.ledger;

import dev.skep.chain.proof.Hash32;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;

/**
 * What the contract told the world; identified by transaction and log index, so seen twice is once.
 */
public sealed interface LedgerEvent {
  /** Where the event stands on the chain. */
  record Place(BlockRef block, Hash32 transaction, int logIndex) {}

  Place place();

  record PoolOpened(Place place, Hash32 poolId, WalletAddress owner, Hash32 salt)
      implements LedgerEvent {}

  record Deposited(Place place, Hash32 poolId, WalletAddress payer, TokenAmount amount)
      implements LedgerEvent {}

  /** The owner asked for money back, at {@code activeAt} (seconds since 1970) at the earliest. */
  record WithdrawRequested(Place place, Hash32 poolId, TokenAmount amount, long activeAt)
      implements LedgerEvent {}

  record Withdrawn(Place place, Hash32 poolId, WalletAddress owner, TokenAmount amount)
      implements LedgerEvent {}

  record BlockFinalized(
      Place place, long number, Hash32 hash, Hash32 parentHash, Hash32 root, Hash32 receiptsRoot)
      implements LedgerEvent {}

  /** A block could not take all it asked for from a pool: {@code debited} and not {@code to}. */
  record DebitShort(Place place, Hash32 poolId, TokenAmount to, TokenAmount debited)
      implements LedgerEvent {}

  /** The guardian threw out these blocks, both included. */
  record BlocksVetoed(Place place, long first, long last) implements LedgerEvent {}

  /** The guardian stopped all but withdrawals. */
  record Paused(Place place) implements LedgerEvent {}

  record Unpaused(Place place, WalletAddress by) implements LedgerEvent {}

  /** Somebody shall become king (0) or guardian (1), from {@code acceptableAt} on. */
  record HandoverProposed(Place place, long role, WalletAddress next, long acceptableAt)
      implements LedgerEvent {}

  /** As Claimed, by a voucher. */
  record Redeemed(
      Place place,
      Hash32 poolId,
      WalletAddress provider,
      TokenAmount amount,
      TokenAmount cumulative)
      implements LedgerEvent {}

  /** A provider was paid {@code amount}, {@code cumulative} in all from this pool. */
  record Claimed(
      Place place,
      Hash32 poolId,
      WalletAddress provider,
      TokenAmount amount,
      TokenAmount cumulative)
      implements LedgerEvent {}
}
