package dev.skep.chain.fake;

import dev.skep.chain.ledger.Deployment;
import dev.skep.chain.wallet.KeyRole;
import java.math.BigInteger;
import java.time.Duration;

/** The lab in memory. */
public final class FakeLab implements ChainLab {
  private static final BigInteger HUNDRED_ETHER = BigInteger.TEN.pow(20);

  private final FakeLedgerChain chain;

  private FakeLab(FakeLedgerChain chain) {
    this.chain = chain;
  }

  /** A chain of its own on which the contracts are deployed. */
  public static FakeLab open() {
    Deployment deployment = ChainLab.plan(0);
    FakeLab lab = new FakeLab(new FakeLedgerChain(31337, deployment.contracts()));
    for (KeyRole role : KeyRole.values()) {
      lab.chain.fund(lab.key(role).address(), HUNDRED_ETHER);
    }
    deployment.calls().forEach(call -> lab.sender().succeed(lab.key(KeyRole.DEPLOYER), call));
    return lab;
  }

  @Override
  public FakeLedgerChain chain() {
    return chain;
  }

  @Override
  public void mine(int blocks) {
    chain.mine(blocks);
  }

  @Override
  public void passTime(Duration time) {
    chain.passTime(time);
    chain.mine(1);
  }

  @Override
  public void reorg(int depth) {
    chain.reorg(depth);
  }
}
