package dev.skep.queen.overview;

import dev.skep.protocol.block.BlockState;
import dev.skep.protocol.job.JobState;
import dev.skep.protocol.pool.PoolState;
import dev.skep.queen.ledger.BlockView;
import dev.skep.queen.ledger.Blocks;
import dev.skep.queen.overview.Lines.BlockLine;
import dev.skep.queen.overview.Lines.JobLine;
import dev.skep.queen.overview.Lines.PoolLine;
import dev.skep.queen.pool.Listing;
import dev.skep.queen.pool.Listings;
import dev.skep.queen.pool.PoolFilter;
import dev.skep.queen.settings.QueenSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the overview shows. Faces asks a getter several times, so each list is read once a request.
 */
@Named("overview")
@RequestScoped
public class OverviewPage {
  private static final int POOLS = 50;
  private static final int OTHERS = 25;

  @Inject Listings pools;
  @Inject SlotCounts slots;
  @Inject RecentJobs jobs;
  @Inject Blocks blocks;
  @Inject QueenSettings settings;

  private @Nullable List<PoolLine> poolLines;
  private @Nullable List<JobLine> jobLines;
  private @Nullable List<BlockLine> blockLines;

  public String getQueen() {
    return settings.queenId();
  }

  public String getChain() {
    return "eip155:" + settings.chain().chainId();
  }

  public List<PoolLine> getPools() {
    Map<String, String> words = slots.words();
    return pools.list(new PoolFilter(null, null, POOLS)).stream()
        .map(pool -> line(pool, words.getOrDefault(pool.id().toString(), "")))
        .toList();
  }

  public List<JobLine> getJobs() {
    return jobs.newest(OTHERS).stream().map(OverviewPage::line).toList();
  }

  public List<BlockLine> getBlocks() {
    return blocks.list(Long.MAX_VALUE, OTHERS).stream().map(OverviewPage::line).toList();
  }

  private static PoolLine line(Listing pool, String slotWords) {
    Listing.Standing standing = pool.standing();
    return new PoolLine(
        pool.id().toString(),
        pool.name(),
        Shown.state(standing.state(), standing.state() == PoolState.OPEN),
        inputs(standing.inputs()),
        Shown.amount(pool.spec().getJsonObject("price").getString("perJob")),
        standing.slotsTaken() + " / " + pool.spec().getInt("slots"),
        slotWords,
        standing.money().deposited().toHuman(),
        standing.money().spent().toHuman(),
        pool.owner().toString());
  }

  private static String inputs(Listing.@Nullable Inputs inputs) {
    return inputs == null
        ? ""
        : inputs.done() + inputs.failed() + " / " + inputs.total() + " inputs";
  }

  private static JobLine line(RecentJobs.Line job) {
    return new JobLine(
        job.pool(),
        job.poolName(),
        Shown.state(job.state(), job.state() == JobState.COMPLETED),
        job.attempts(),
        Shown.time(job.createdAt()),
        Shown.span(job.createdAt(), job.endedAt()));
  }

  private static BlockLine line(BlockView block) {
    return new BlockLine(
        block.number(),
        block.hash().toString(),
        block.receipts(),
        Shown.state(block.state(), block.state() == BlockState.FINAL),
        Shown.time(block.times().sealedAt()),
        block.txHash());
  }
}
