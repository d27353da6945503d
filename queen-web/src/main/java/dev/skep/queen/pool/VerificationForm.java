package dev.skep.queen.pool;

import dev.skep.queen.pool.PoolSpec.Distinct;
import dev.skep.queen.pool.PoolSpec.Policy;
import dev.skep.queen.pool.PoolSpec.Verification;
import dev.skep.queen.rest.Members;
import java.util.EnumSet;
import java.util.Set;

/** Reads how a pool's results are to be believed. */
final class VerificationForm {
  private static final int MOST_COPIES = 16;

  private final Members members;
  private final boolean developmentChain;

  VerificationForm(Members spec, boolean developmentChain) {
    this.members =
        spec.object("verification", "policy", "copies", "agree", "distinct", "trustProviders");
    this.developmentChain = developmentChain;
  }

  Verification read() {
    Policy policy = members.word("policy", Policy.SPOT_CHECK, EnumSet.allOf(Policy.class));
    if (members.flag("trustProviders") != (policy == Policy.NONE)) {
      members.wrong("trustProviders", "must be true with policy none, and only then");
    }
    return policy == Policy.QUORUM ? quorum() : single(policy);
  }

  private Verification single(Policy policy) {
    members.number("copies", 1, 1, 1);
    members.number("agree", 1, 1, 1);
    return new Verification(policy, 1, 1, distinct());
  }

  private Verification quorum() {
    int copies = (int) members.number("copies", 2, 2, MOST_COPIES);
    int agree = (int) members.number("agree", copies, 1, copies);
    if (2 * agree <= copies) {
      members.wrong("agree", "must be more than half of the copies, or two answers could both win");
    }
    return new Verification(Policy.QUORUM, copies, agree, distinct());
  }

  /** Wallets cost nothing to make, so only the development chain may tell copies apart by them. */
  private Distinct distinct() {
    Set<Distinct> allowed =
        developmentChain
            ? EnumSet.allOf(Distinct.class)
            : EnumSet.of(Distinct.MACHINE, Distinct.IP);
    return members.word("distinct", Distinct.MACHINE, allowed);
  }
}
