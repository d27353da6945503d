package dev.skep.chain.ledger;

import dev.skep.chain.proof.Words;
import dev.skep.chain.wallet.Call;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.web3j.crypto.ContractUtils;

/**
 * The three contracts before they exist. Their addresses follow from the deployer and its nonces,
 * so that the plan can be stored first and carried out later, twice if need be: the same nonces
 * cannot be mined twice.
 *
 * @param calls what the deployer sends at {@code firstNonce}, the next and the one after
 */
public record Deployment(Contracts contracts, long firstNonce, List<Call> calls) {
  /** Gas enough for each of the calls. */
  public static final long GAS_LIMIT = 6_000_000;

  /**
   * What is fixed for ever.
   *
   * @param guardian another key than the king's, except on the development chain
   * @param cap the most tokens there can ever be; the deployer mints them
   */
  public record Terms(
      WalletAddress king, WalletAddress guardian, TokenAmount cap, Periods periods) {}

  /**
   * How long things take; the contract refuses periods that leave somebody no time.
   *
   * @param challenge before a block's root can be claimed on, and in which it can be vetoed
   * @param withdraw from an owner's request to the withdrawal; more than challenge and timeout
   * @param kingTimeout without a block, after which anyone may end a pause
   * @param handover before a successor may accept a role; more than the withdrawal
   * @param epoch for each of which a pool's cap counts anew
   * @param claimWindow from a pool's closing to the end of claims; twice the withdrawal at least
   */
  public record Periods(
      Duration challenge,
      Duration withdraw,
      Duration kingTimeout,
      Duration handover,
      Duration epoch,
      Duration claimWindow) {
    /** Short ones, for the development chain. */
    public static final Periods DEVELOPMENT = seconds(5, 60, 30, 90, 3600, 120);

    private static Periods seconds(long... each) {
      return new Periods(
          Duration.ofSeconds(each[0]),
          Duration.ofSeconds(each[1]),
          Duration.ofSeconds(each[2]),
          Duration.ofSeconds(each[3]),
          Duration.ofSeconds(each[4]),
          Duration.ofSeconds(each[5]));
    }

    Words appendTo(Words words) {
      return words
          .number(challenge.toSeconds())
          .number(withdraw.toSeconds())
          .number(kingTimeout.toSeconds())
          .number(handover.toSeconds())
          .number(epoch.toSeconds())
          .number(claimWindow.toSeconds());
    }
  }

  public Deployment {
    calls = List.copyOf(calls);
  }

  /** Plans token, forwarder and ledger; the deployer becomes the token's owner. */
  public static Deployment plan(WalletAddress deployer, long firstNonce, Terms terms) {
    Contracts contracts =
        new Contracts(
            created(deployer, firstNonce),
            created(deployer, firstNonce + 1),
            created(deployer, firstNonce + 2));
    Words token = new Words().address(deployer).amount(terms.cap());
    Words ledger =
        new Words()
            .address(contracts.token())
            .address(contracts.forwarder())
            .address(terms.king())
            .address(terms.guardian());
    return new Deployment(
        contracts,
        firstNonce,
        List.of(
            creation(ContractArtifact.TOKEN, token),
            creation(ContractArtifact.FORWARDER, new Words()),
            creation(ContractArtifact.LEDGER, terms.periods().appendTo(ledger))));
  }

  private static Call creation(ContractArtifact artifact, Words arguments) {
    byte[] code = artifact.code();
    byte[] words = arguments.toByteArray();
    byte[] all = Arrays.copyOf(code, code.length + words.length);
    System.arraycopy(words, 0, all, code.length, words.length);
    return Call.create(all);
  }

  private static WalletAddress created(WalletAddress deployer, long nonce) {
    return WalletAddress.parse(
        ContractUtils.generateContractAddress(deployer.toString(), BigInteger.valueOf(nonce)));
  }
}
