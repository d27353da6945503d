package dev.skep.queen.job;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Who may look at a job: its client and the owner of its pool. */
@ApplicationScoped
public class JobAccess {
  @Inject JobRows rows;

  JobRows.JobRow require(String id, WalletAddress address) {
    JobId job = JobId.parse(id);
    // Whether a stranger's job exists is nobody's business.
    return rows.find(job)
        .filter(row -> row.client().equals(address) || row.owner().equals(address))
        .orElseThrow(
            () ->
                SkepException.of("job-not-found", 404)
                    .because("this wallet has no job " + job)
                    .hint("List your jobs with: skep job list"));
  }
}
