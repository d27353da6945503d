package dev.skep.chain.ledger;

import java.util.List;

/** The functions for users, all of which a relay may pay the gas for. */
public final class LedgerFunction {
  private static final String TERMS = "(address,uint48,uint128)";
  private static final String PERMIT = "(uint128,uint256,uint8,bytes32,bytes32)";

  public static final String OPEN = "open(bytes32," + TERMS + ")";
  public static final String OPEN_WITH_PERMIT =
      "openWithPermit(bytes32," + TERMS + "," + PERMIT + ")";
  public static final String APPOINT = "appoint(bytes32," + TERMS + ")";
  public static final String APPOINT_FOR = "appointFor(bytes32," + TERMS + ",uint256,bytes)";
  public static final String DEPOSIT = "deposit(bytes32,uint128)";
  public static final String DEPOSIT_WITH_PERMIT = "depositWithPermit(bytes32," + PERMIT + ")";
  public static final String FUND_WITH_PERMIT =
      "fundWithPermit(bytes32," + TERMS + "," + PERMIT + ")";
  public static final String REQUEST_WITHDRAW = "requestWithdraw(bytes32,uint128)";
  public static final String WITHDRAW = "withdraw(bytes32)";
  public static final String CLOSE_POOL = "closePool(bytes32)";
  public static final String RECLAIM = "reclaim(bytes32)";
  public static final String CLAIM = "claim(uint64,bytes32,uint128,bytes32[])";
  public static final String CLAIM_FOR = "claimFor(uint64,bytes32,address,uint128,bytes32[])";
  public static final String REDEEM = "redeem(bytes32,address,uint128,bytes)";

  /** All of them, as the ABI writes them. */
  public static final List<String> ALL =
      List.of(
          OPEN,
          OPEN_WITH_PERMIT,
          APPOINT,
          APPOINT_FOR,
          DEPOSIT,
          DEPOSIT_WITH_PERMIT,
          FUND_WITH_PERMIT,
          REQUEST_WITHDRAW,
          WITHDRAW,
          CLOSE_POOL,
          RECLAIM,
          CLAIM,
          CLAIM_FOR,
          REDEEM);

  private LedgerFunction() {}
}
