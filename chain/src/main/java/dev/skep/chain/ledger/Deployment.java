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
  public static final long GAS_LIMIT = 4_000_000;

  /**
   * What is fixed for ever.
   *
   * @param cap the most tokens there can ever be; the deployer mints them
   * @param withdrawDelay longer than the challenge period
   */
  public record Terms(
      WalletAddress king, TokenAmount cap, Duration challengePeriod, Duration withdrawDelay) {
    public Terms {
      if (withdrawDelay.compareTo(challengePeriod) <= 0) {
        throw new IllegalArgumentException("owners could leave before the claims");
      }
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
            .number(terms.challengePeriod().toSeconds())
            .number(terms.withdrawDelay().toSeconds());
    return new Deployment(
        contracts,
        firstNonce,
        List.of(
            creation(ContractArtifact.TOKEN, token),
            creation(ContractArtifact.FORWARDER, new Words()),
            creation(ContractArtifact.LEDGER, ledger)));
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
