package dev.skep.chain.wallet;

/**
 * What each of the server's keys is for. A key has one writer and one purpose, so none is shared.
 */
public enum KeyRole {
  /** Finalizes blocks. */
  KING(0),
  /** Deploys the contracts and owns the token. */
  DEPLOYER(1),
  /** Watches over the king. */
  GUARDIAN(2),
  /** Signs vouchers, where pool owners appoint it. */
  VOUCHERS(3),
  /** Pays the gas of requests that users signed. */
  RELAY(9);

  private final int index;

  KeyRole(int index) {
    this.index = index;
  }

  /** The last step of the key's path. */
  public int index() {
    return index;
  }
}
