package dev.skep.chain.fake;

import dev.skep.chain.ledger.Deployment;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.rpc.RpcConnection;
import dev.skep.chain.rpc.Web3jLedgerChain;
import dev.skep.chain.rpc.Web3jNode;
import dev.skep.chain.wallet.KeyRole;
import java.time.Duration;

/** The lab on a real node. */
public final class AnvilLab implements ChainLab {
  private final Anvil anvil;
  private final LedgerChain chain;

  private AnvilLab(Anvil anvil, LedgerChain chain) {
    this.anvil = anvil;
    this.chain = chain;
  }

  /** Deploys new contracts on this node. */
  public static AnvilLab open(Anvil anvil, RpcConnection connection) {
    Web3jNode node = new Web3jNode(connection);
    Deployment deployment = ChainLab.plan(node.minedNonce(KEYS.wallet(KeyRole.DEPLOYER).address()));
    AnvilLab lab = new AnvilLab(anvil, new Web3jLedgerChain(connection, deployment.contracts()));
    deployment.calls().forEach(call -> lab.sender().succeed(lab.key(KeyRole.DEPLOYER), call));
    return lab;
  }

  @Override
  public LedgerChain chain() {
    return chain;
  }

  @Override
  public void mine(int blocks) {
    anvil.control("anvil_mine", "\"0x" + Integer.toHexString(blocks) + "\"");
  }

  @Override
  public void passTime(Duration time) {
    anvil.control("evm_increaseTime", Long.toString(time.toSeconds()));
    mine(1);
  }

  @Override
  public void reorg(int depth) {
    anvil.control("anvil_reorg", depth + ",[]");
  }
}
