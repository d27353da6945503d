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
      Map.of(
          topic("PoolOpened(bytes32,address,bytes32)"), LedgerEvents::poolOpened,
          topic("Deposited(bytes32,address,uint128)"), LedgerEvents::deposited,
          topic("WithdrawRequested(bytes32,uint128,uint64)"), LedgerEvents::withdrawRequested,
          topic("Withdrawn(bytes32,address,uint128)"), LedgerEvents::withdrawn,
          topic("BlockFinalized(uint64,bytes32,bytes32,bytes32,bytes32)"), LedgerEvents::finalized,
          topic("Claimed(bytes32,address,uint128,uint128)"), LedgerEvents::claimed);

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

  private static Hash32 topic(String event) {
    return Keccak.hash(event.getBytes(StandardCharsets.US_ASCII));
  }
}
