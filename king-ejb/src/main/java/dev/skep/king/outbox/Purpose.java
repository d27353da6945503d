package dev.skep.king.outbox;

/** Why a transaction was made; with its reference unique, so that nothing is paid for twice. */
public enum Purpose {
  DEPLOY,
  BLOCK,
  REFUND,
  FORWARD,
  FAUCET
}
