package dev.skep.queen.stream;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.SessionId;
import dev.skep.queen.dispatch.Hearing;
import dev.skep.queen.dispatch.node.Node;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Brings the attempts that speak and those who listen together, by job. Thread-safe. */
@ApplicationScoped
public class JobRelays {
  private final Map<JobId, JobRelay> relays = new ConcurrentHashMap<>();

  @Inject Node node;

  /** An attempt wants to speak; empty when nobody asked for it or it is not this session's. */
  Optional<JobRelay> speak(SessionId session, AttemptRef attempt, Speaker who) {
    Hearing wanted = node.dispatcher().hearing(session, attempt);
    if (wanted == Hearing.ANSWER) {
      return Optional.empty();
    }
    JobRelay relay = enter(attempt.job());
    relay.speaks(who, attempt, wanted);
    return Optional.of(relay);
  }

  /** Listens to a job, whether it speaks already or not, until {@link #leave}. */
  public JobRelay listen(JobId job, Audience audience) {
    JobRelay relay = enter(job);
    relay.listens(audience);
    return relay;
  }

  public void leave(JobRelay relay, Audience audience) {
    relay.leaves(audience);
    exit(relay);
  }

  private JobRelay enter(JobId job) {
    return relays.compute(
        job,
        (id, known) -> {
          JobRelay relay = known == null ? new JobRelay(id, this) : known;
          relay.users++;
          return relay;
        });
  }

  void exit(JobRelay relay) {
    relays.computeIfPresent(relay.job(), (id, known) -> --known.users == 0 ? null : known);
  }

  public int jobs() {
    return relays.size();
  }
}
