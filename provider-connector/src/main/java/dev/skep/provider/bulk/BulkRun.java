package dev.skep.provider.bulk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One run: all lines through a pool, their answers into the output. */
public final class BulkRun {
  private final BulkQueen queen;
  private final RunPlan plan;
  private final RunTale tale;

  public BulkRun(BulkQueen queen, RunPlan plan, RunTale tale) {
    this.queen = queen;
    this.plan = plan;
    this.tale = tale;
  }

  /**
   * Goes on from where the output stands until its end; whatever ends it earlier leaves a mark to
   * go on from.
   *
   * @return where the output stands at the end
   */
  public RunMark run(InputLines lines, RunOutput output) throws IOException, InterruptedException {
    RunBelt belt = new RunBelt(lines, output, plan, tale);
    List<Thread> lanes = new ArrayList<>();
    for (int i = 0; i < plan.lanes(); i++) {
      Thread lane = new Thread(new Lane(queen, plan, belt, tale), "lane-" + i);
      lane.setDaemon(true);
      lane.start();
      lanes.add(lane);
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    return belt.end();
  }
}
