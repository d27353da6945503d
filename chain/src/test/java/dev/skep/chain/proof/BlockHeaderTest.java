package dev.skep.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockHeaderTest {
  private final JsonObject vector = Vectors.all().getJsonObject("block");
  private final WalletAddress ledger = address(77);
  private final BlockBody body =
      new BlockBody(
          List.of(
              new Debit(word(1), TokenAmount.of(3), TokenAmount.of(7)),
              new Debit(
                  word(2),
                  TokenAmount.ZERO,
                  new TokenAmount(BigInteger.TWO.pow(128).subtract(BigInteger.ONE)))),
          List.of(new EarningLeaf(word(1), address(5), TokenAmount.of(7))));
  private final BlockHeader header =
      new BlockHeader(3, word(4), word(5), word(6), body.dataHash(), body.debitsHash());

  @Test
  void shouldHashAsTheContractDoes() {
    assertThat(body.dataHash()).hasToString(vector.getString("dataHash"));
    assertThat(body.debitsHash()).hasToString(vector.getString("debitsHash"));
    assertThat(header.hash(31337, ledger)).hasToString(vector.getString("hash"));
  }

  @Test
  void shouldBindChainAndContract() {
    assertThat(header.hash(1135, ledger)).isNotEqualTo(header.hash(31337, ledger));
    assertThat(header.hash(31337, address(78))).isNotEqualTo(header.hash(31337, ledger));
  }

  @Test
  void shouldEncodeTheKingsCallAsEthersDoes() {
    LedgerCalls calls = new LedgerCalls(new Contracts(address(1), address(2), ledger));
    assertThat(Hex.encode(calls.finalizeBlock(header, body).data()))
        .isEqualTo(vector.getString("calldata"));
  }

  @Test
  void shouldDeriveThePoolsIdFromItsOwner() {
    PoolId pool = PoolId.parse("0190a0b0-c0d0-7000-8000-000000000001");
    assertThat(ChainPoolId.of(address(9), pool)).hasToString(vector.getString("chainPoolId"));
  }

  private static Hash32 word(long number) {
    return Keccak.hash(new Words().number(number));
  }

  private static WalletAddress address(int number) {
    return WalletAddress.parse(String.format("0x%040x", number));
  }
}
