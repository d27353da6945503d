package dev.skep.provider.cli;

import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.wallet.LocalWallet;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.provider.home.SkepHome;
import dev.skep.provider.queen.Patience;
import dev.skep.provider.queen.QueenApi;
import dev.skep.provider.queen.QueenInfo;
import dev.skep.provider.queen.QueenUrl;
import dev.skep.provider.queen.SignIn;
import dev.skep.provider.stream.PlaneDialer;
import dev.skep.provider.stream.UpgradeDialer;
import dev.skep.provider.tls.SpkiPin;
import dev.skep.provider.wallet.Purse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a command gets the queen, the wallet and the chain; each is made when first asked for. */
public final class Counter {
  private static final String DEFAULT_QUEEN = "http://localhost:8080";

  private final Surroundings surroundings;
  private final CommonOptions options;
  private final SkepHome home;
  private final Printer printer;
  private @Nullable QueenApi queen;
  private @Nullable Wallet wallet;
  private @Nullable QueenApi signedIn;

  Counter(Surroundings surroundings, CommonOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    this.home = SkepHome.of(surroundings.environment());
    this.printer = new Printer(surroundings.out(), surroundings.err(), options.json);
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  public Printer printer() {
    return printer;
  }

  public SkepHome home() {
    return home;
  }

  /** The queen, without saying who we are. */
  public QueenApi queen() {
    if (queen == null) {
      queen = QueenApi.of(QueenUrl.parse(queenText()), pin().orElse(null));
    }
    return queen;
  }

  private String queenText() {
    String set = surroundings.environment().getOrDefault("SKEP_QUEEN", "");
    if (options.queen != null) {
      return options.queen;
    }
    return set.isBlank() ? home.setting("queen").orElse(DEFAULT_QUEEN) : set;
  }

  /** Where connectors open their stream plane. */
  public PlaneDialer planeDialer() {
    return new UpgradeDialer(queen().url(), pin().orElse(null));
  }

  private Optional<SpkiPin> pin() {
    String set = surroundings.environment().getOrDefault("SKEP_QUEEN_CERT", "");
    if (options.queenCert != null) {
      return Optional.of(SpkiPin.read(options.queenCert));
    }
    Optional<String> file = set.isBlank() ? home.setting("queen-cert") : Optional.of(set);
    return file.map(path -> SpkiPin.read(Path.of(path)));
  }

  public Wallet wallet() {
    if (wallet == null) {
      wallet = LocalWallet.open(surroundings.environment());
    }
    return wallet;
  }

  /** Signs in afresh, each time it is called. */
  public QueenApi freshSignIn() {
    return signIn().signIn();
  }

  /** The way to become known to the queen. */
  public SignIn signIn() {
    return new SignIn(queen(), wallet(), surroundings.clock());
  }

  /** The queen, knowing who we are. */
  public QueenApi signedIn() {
    if (signedIn == null) {
      signedIn = freshSignIn();
    }
    return signedIn;
  }

  public QueenInfo info() {
    return QueenInfo.fetch(queen());
  }

  /** The wallet with the chain it pays on. */
  public Purse purse(Duration patience) {
    QueenInfo info = info();
    LedgerChain chain = chain(info);
    return new Purse(wallet(), signedIn(), info, chain, patience(patience));
  }

  /** The chain of a queen, by way of SKEP_RPC when that is set. */
  private LedgerChain chain(QueenInfo info) {
    String set = surroundings.environment().getOrDefault("SKEP_RPC", "");
    String url = set.isBlank() ? info.chain().rpcUrl() : set;
    if (url.isBlank()) {
      throw SkepException.of("rpc-unknown", 400)
          .fault(Fault.CALLER)
          .because("the queen names no RPC address of her chain " + info.chain().chainId())
          .hint("Set SKEP_RPC to one.");
    }
    QueenInfo.Chain chain = info.chain();
    return surroundings
        .chains()
        .apply(new Contracts(chain.token(), chain.forwarder(), chain.ledger()), url);
  }

  public Patience patience(Duration limit) {
    return new Patience(limit, Duration.ofMillis(300), printer::progress);
  }
}
