package dev.skep.queen.dispatch;

import dev.skep.protocol.wallet.TokenAmount;

/**
 * This node's slab of a pool's deposit, spent in memory: {@code spent + reserved <= granted}
 * always. Rebuilt at start from open jobs and receipts.
 */
final class PoolBudget {
  private TokenAmount granted = TokenAmount.ZERO;
  private TokenAmount reserved = TokenAmount.ZERO;
  private TokenAmount spent = TokenAmount.ZERO;

  /** Sets the slab and what receipts have taken of it so far; reservations stay. */
  void restore(TokenAmount newGranted, TokenAmount spentSoFar) {
    granted = newGranted;
    spent = spentSoFar;
  }

  /** A slab only grows; an older figure is ignored. */
  void grant(TokenAmount total) {
    if (total.compareTo(granted) > 0) {
      granted = total;
    }
  }

  boolean reserve(TokenAmount amount) {
    if (amount.compareTo(available()) > 0) {
      return false;
    }
    reserved = reserved.plus(amount);
    return true;
  }

  /** A reservation made before the restart: it was covered when it was made. */
  void reserveAgain(TokenAmount amount) {
    reserved = reserved.plus(amount);
  }

  /** Frees a reservation; what was earned of it stays spent. */
  void settle(TokenAmount reservation, TokenAmount earned) {
    reserved = reserved.minus(reservation);
    spent = spent.plus(earned);
  }

  TokenAmount available() {
    TokenAmount bound = reserved.plus(spent);
    return bound.compareTo(granted) >= 0 ? TokenAmount.ZERO : granted.minus(bound);
  }

  TokenAmount granted() {
    return granted;
  }

  TokenAmount reserved() {
    return reserved;
  }

  TokenAmount spent() {
    return spent;
  }
}
