package dev.skep.chain.ledger;

import dev.skep.chain.ledger.LedgerEvent.Place;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.Words;
import dev.skep.protocol.wallet.WalletAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the contract's logs: the first topic names the event, the others are its indexed values.
 */
public final class LedgerEvents {
  private static final Map<Hash32, Decoder> DECODERS =
      Map.ofEntries(
          event("PoolOpened(bytes32,address,bytes32)", LedgerEvents::poolOpened),
          event("Deposited(bytes32,address,uint128)", LedgerEvents::deposited),
          event("WithdrawRequested(bytes32,uint128,uint48)", LedgerEvents::withdrawRequested),
          event("Withdrawn(bytes32,address,uint128)", LedgerEvents::withdrawn),
          event("BlockFinalized(uint64,bytes32,bytes32,bytes32,bytes32)", LedgerEvents::finalized),
          event("DebitShort(bytes32,uint128,uint128)", LedgerEvents::debitShort),
          event("BlocksVetoed(uint64,uint64)", LedgerEvents::vetoed),
          event("Paused()", (place, indexed, data) -> new LedgerEvent.Paused(place)),
          event("Unpaused(address)", LedgerEvents::unpaused),
          event("HandoverProposed(uint8,address,uint48)", LedgerEvents::handover),
          event("Claimed(bytes32,address,uint128,uint128)", LedgerEvents::claimed),
          event("Redeemed(bytes32,address,uint128,uint128)", LedgerEvents::redeemed));

  private LedgerEvents() {}

  private interface Decoder {
    LedgerEvent decode(Place place, WordReader indexed, WordReader data);
  }

  /** The event of a log; empty when it is none of ours. */
  public static Optional<LedgerEvent> decode(Place place, List<Hash32> topics, byte[] data) {
    Decoder decoder = topics.isEmpty() ? null : DECODERS.get(topics.get(0));
    if (decoder == null) {
      return Optional.empty();
    }
    Words indexed = new Words();
    topics.forEach(indexed::hash);
    return Optional.of(
        decoder.decode(place, new WordReader(indexed.toByteArray(), 32), new WordReader(data, 0)));
  }

  private static LedgerEvent poolOpened(Place place, WordReader indexed, WordReader data) {
    return new LedgerEvent.PoolOpened(place, indexed.hash(), indexed.address(), data.hash());
  }

  private static LedgerEvent deposited(Place place, WordReader indexed, WordReader data) {
    return new LedgerEvent.Deposited(place, indexed.hash(), indexed.address(), data.amount());
  }

  private static LedgerEvent withdrawRequested(Place place, WordReader indexed, WordReader data) {
    return new LedgerEvent.WithdrawRequested(place, indexed.hash(), data.amount(), data.count());
  }

  private static LedgerEvent withdrawn(Place place, WordReader indexed, WordReader data) {
    return new LedgerEvent.Withdrawn(place, indexed.hash(), indexed.address(), data.amount());
  }

  private static LedgerEvent finalized(Place place, WordReader indexed, WordReader data) {
    return new LedgerEvent.BlockFinalized(
        place, indexed.count(), data.hash(), data.hash(), data.hash(), data.hash());
  }

  private static LedgerEvent claimed(Place place, WordReader indexed, WordReader data) {
    Hash32 poolId = indexed.hash();
    WalletAddress provider = indexed.address();
    return new LedgerEvent.Claimed(place, poolId, provider, data.amount(), data.amount());
  }

  private static LedgerEvent redeemed(Place place, WordReader indexed, WordReader data) {
    Hash32 poolId = indexed.hash();
    WalletAddress provider = indexed.address();
    return new LedgerEvent.Redeemed(place, poolId, provider, data.amount(), data.amount());
  }

  private static LedgerEvent debitShort(Place place, WordReader indexed, WordReader data) {
    return new LedgerEvent.DebitShort(place, indexed.hash(), data.amount(), data.amount());
  }

  private static LedgerEvent vetoed(Place place, WordReader indexed, WordReader data) {
    return new LedgerEvent.BlocksVetoed(place, indexed.count(), indexed.count());
  }

  private static LedgerEvent unpaused(Place place, WordReader indexed, WordReader data) {
    return new LedgerEvent.Unpaused(place, indexed.address());
  }

  private static LedgerEvent handover(Place place, WordReader indexed, WordReader data) {
    return new LedgerEvent.HandoverProposed(
        place, indexed.count(), indexed.address(), data.count());
  }

  private static Map.Entry<Hash32, Decoder> event(String event, Decoder decoder) {
    return Map.entry(Keccak.hash(event.getBytes(StandardCharsets.US_ASCII)), decoder);
  }
}
