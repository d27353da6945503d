package dev.skep.queen.ledger;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.queen.settings.QueenSettings;
import dev.skep.queen.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contracts as the king wrote them down; they never move, so they are read until found once.
 */
@ApplicationScoped
public class Deployments {
  @Inject Sql sql;
  @Inject QueenSettings settings;

  private volatile @Nullable Deployment known;

  public Optional<Deployment> find() {
    Deployment found = known;
    if (found == null) {
      found = read().orElse(null);
      known = found;
    }
    return Optional.ofNullable(found);
  }

  /** The contracts, when the chain is needed; {@code chain-not-ready} (503) before they exist. */
  public Deployment require() {
    return find()
        .orElseThrow(
            () ->
                SkepException.of("chain-not-ready", 503)
                    .fault(Fault.CHAIN)
                    .because("The king has not deployed or found the contracts yet.")
                    .hint("Try again in a moment; /health/ready says when it is done."));
  }

  private Optional<Deployment> read() {
    return sql.first(
        "select chain_id, token, forwarder, ledger, voucher_signer from deployment where chain_id ="
            + " ?",
        row ->
            new Deployment(
                row.number("chain_id"),
                row.address("token"),
                row.address("forwarder"),
                row.address("ledger"),
                row.address("voucher_signer")),
        settings.chain().chainId());
  }
}
