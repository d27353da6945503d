package dev.skep.queen.relay;

import dev.skep.chain.proof.Hex;
import dev.skep.chain.proof.Keccak;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The functions of the ledger that the relay pays gas for. All others are refused: a relay for any
 * call would be free gas for everybody.
 */
enum LedgerCall {
  OPEN("open(bytes32,(address,uint48,uint128))"),
  OPEN_AND_DEPOSIT(
      "openWithPermit(bytes32,(address,uint48,uint128),"
          + "(uint128,uint256,uint8,bytes32,bytes32))"),
  APPOINT("appoint(bytes32,(address,uint48,uint128))"),
  APPOINT_FOR("appointFor(bytes32,(address,uint48,uint128),uint256,bytes)"),
  DEPOSIT("deposit(bytes32,uint128)"),
  DEPOSIT_WITH_PERMIT("depositWithPermit(bytes32,(uint128,uint256,uint8,bytes32,bytes32))"),
  FUND(
      "fundWithPermit(bytes32,(address,uint48,uint128),"
          + "(uint128,uint256,uint8,bytes32,bytes32))"),
  REQUEST_WITHDRAW("requestWithdraw(bytes32,uint128)"),
  WITHDRAW("withdraw(bytes32)"),
  CLOSE_POOL("closePool(bytes32)"),
  RECLAIM("reclaim(bytes32)"),
  CLAIM("claim(uint64,bytes32,uint128,bytes32[])"),
  CLAIM_FOR("claimFor(uint64,bytes32,address,uint128,bytes32[])"),
  REDEEM("redeem(bytes32,address,uint128,bytes)");

  private final String signature;
  private final String selector;

  LedgerCall(String signature) {
    this.signature = signature;
    byte[] hash = Keccak.hash(signature.getBytes(StandardCharsets.US_ASCII)).bytes();
    this.selector = Hex.encode(Arrays.copyOf(hash, 4));
  }

  String selector() {
    return selector;
  }

  /** The call that this data makes, by its first four bytes. */
  static Optional<LedgerCall> of(String data) {
    return Arrays.stream(values()).filter(call -> data.startsWith(call.selector)).findFirst();
  }

  static List<String> signatures() {
    return Arrays.stream(values()).map(call -> call.signature).toList();
  }
}
