package dev.skep.chain.ledger;

/** What a node said to a signed transaction. */
public enum SendOutcome {
  /** It is new to the node and valid. */
  ACCEPTED,
  /** The node has these very bytes already; sending them again was harmless. */
  KNOWN,
  /** The nonce is spent: this or another transaction was mined with it; look for receipts. */
  NONCE_SPENT,
  /** Another transaction with the nonce waits, and this one does not offer enough more. */
  UNDERPRICED
}
