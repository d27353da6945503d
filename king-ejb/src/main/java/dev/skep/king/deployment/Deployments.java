package dev.skep.king.deployment;

import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.Deployment;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.king.outbox.Outbox;
import dev.skep.king.outbox.Purpose;
import dev.skep.king.settlement.KingKeys;
import dev.skep.persistence.jdbc.Database;
import dev.skep.persistence.jdbc.Row;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Knows where the contracts of a chain are; plans them on a chain that has none. The plan, its
 * three signed transactions and the row are one transaction: the addresses follow from the
 * deployer's nonces, so carrying it out twice is harmless.
 */
public final class Deployments {
  private static final String INSERT =
      "insert into deployment (chain_id, token, forwarder, ledger, king, guardian, relay,"
          + " voucher_signer, first_block) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final List<String> NAMES = List.of("token", "forwarder", "ledger");

  /** Contracts on a chain, and the first chain block they can be in. */
  public record Deployed(Contracts contracts, long firstBlock) {}

  private final Database database;
  private final Outbox outbox;
  private final KingKeys keys;
  private final Deployment.Terms terms;

  public Deployments(Database database, Outbox outbox, KingKeys keys, Deployment.Terms terms) {
    this.database = database;
    this.outbox = outbox;
    this.keys = keys;
    this.terms = terms;
  }

  public Optional<Deployed> find(long chainId) {
    return database.call(
        tx ->
            tx.first(
                "select token, forwarder, ledger, first_block from deployment where chain_id = ?",
                Deployments::read,
                chainId));
  }

  /** Stores the plan when this chain has none yet. */
  public Deployed plan(ChainNode node, long chainId) {
    long firstBlock = node.heads().latest().number();
    Fees fees = node.fees();
    return database.call(
        tx -> {
          Deployment plan =
              Deployment.plan(
                  keys.deployer().address(),
                  outbox.nextNonce(tx, node, keys.deployer().address()),
                  terms);
          for (int i = 0; i < plan.calls().size(); i++) {
            Call call = plan.calls().get(i);
            String ref = chainId + "/" + NAMES.get(i);
            outbox.store(
                tx,
                keys.deployer(),
                new Outbox.Order(Purpose.DEPLOY, ref, call, Deployment.GAS_LIMIT, fees));
          }
          Contracts at = plan.contracts();
          tx.change(
              INSERT,
              chainId,
              at.token(),
              at.forwarder(),
              at.ledger(),
              keys.king().address(),
              keys.guardian(),
              keys.relay().address(),
              keys.vouchers(),
              firstBlock);
          return new Deployed(at, firstBlock);
        });
  }

  /**
   * Whether all three are there; a chain that lost them gets them again by their old transactions.
   */
  public static boolean isLive(ChainNode node, Contracts contracts) {
    return node.hasCode(contracts.token())
        && node.hasCode(contracts.forwarder())
        && node.hasCode(contracts.ledger());
  }

  /** Whether the contracts' transactions may still bring them. */
  public boolean isOnTheWay(long chainId) {
    String open =
        "select nonce from chain_tx where purpose = ? and ref like ? and state in ('STORED',"
            + " 'SENT', 'MINED', 'SAFE')";
    return database
        .call(tx -> tx.first(open, row -> row.number("nonce"), Purpose.DEPLOY, chainId + "/%"))
        .isPresent();
  }

  /** The rows know contracts that the chain does not: it is another chain, or it lost its state. */
  public static SkepException gone(long chainId, Contracts contracts) {
    return SkepException.of("contracts-gone", 503)
        .fault(Fault.CHAIN)
        .because(
            "chain " + chainId + " has no code at " + contracts.ledger() + " where our ledger was")
        .hint("Give the node its state back; these rows belong to that chain.");
  }

  /** Nothing can be settled on a chain without contracts. */
  public static SkepException missing(long chainId) {
    return SkepException.of("contracts-missing", 503)
        .fault(Fault.CHAIN)
        .because("chain " + chainId + " has none of our contracts")
        .hint(
            "Set SKEP_DEPLOY_CONTRACTS=true on a development chain, or insert the row of your"
                + " deployment.");
  }

  private static Deployed read(Row row) throws SQLException {
    Contracts contracts =
        new Contracts(row.address("token"), row.address("forwarder"), row.address("ledger"));
    return new Deployed(contracts, row.number("first_block"));
  }
}
