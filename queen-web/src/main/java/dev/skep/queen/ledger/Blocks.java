package dev.skep.queen.ledger;

import dev.skep.chain.proof.Debit;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.ReceiptLeaf;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.List;
import java.util.Optional;

/** The king's blocks as he wrote them; read only. */
public interface Blocks {
  /** Newest first, below a number. */
  List<BlockView> list(long below, int limit);

  Optional<BlockView> find(long number);

  /** In the order the king laid them into the block: by the pool's id on the chain. */
  List<Debit> debits(long number);

  /** What the block changed, with proofs against its root. */
  List<ProvenEarning> earnings(long number);

  /** Every receipt of a block. */
  List<ReceiptLeaf> receipts(long number);

  /** The receipts of one job that are in a block. */
  List<SettledReceipt> settled(JobId job);

  /** A provider's newest provable earnings: of each pool the one of its newest safe block. */
  List<ProvenEarning> earnings(WalletAddress provider);

  /** What a provider has earned that no safe block holds yet. */
  TokenAmount unsettled(WalletAddress provider);

  /** A receipt and the block it is in. */
  record SettledReceipt(String poolId, ReceiptLeaf leaf, long block) {}

  /** An earning by some block, with its proof against that block's root. */
  record ProvenEarning(
      String poolId, EarningLeaf leaf, long block, String blockState, List<Hash32> proof) {}
}
