package dev.skep.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  @Test
  void shouldBuildTheTreesOfOpenZeppelin() {
    for (JsonObject vector : Vectors.all().getJsonArray("trees").getValuesAs(JsonObject.class)) {
      List<Hash32> leaves =
          vector.getJsonArray("leaves").getValuesAs(JsonObject.class).stream()
              .map(MerkleTreeTest::earning)
              .map(EarningLeaf::hash)
              .toList();
      MerkleTree tree = MerkleTree.of(leaves);
      assertThat(tree.root()).hasToString(vector.getString("root"));
      for (JsonObject proof : vector.getJsonArray("proofs").getValuesAs(JsonObject.class)) {
        Hash32 leaf = leaves.get(proof.getInt("leaf"));
        assertThat(leaf).hasToString(proof.getString("hash"));
        assertThat(tree.proof(leaf)).isEqualTo(Vectors.hashes(proof, "proof"));
      }
    }
  }

  @Test
  void shouldHashReceiptsAsOpenZeppelinDoes() {
    JsonObject vector = Vectors.all().getJsonObject("receipts");
    List<Hash32> leaves =
        vector.getJsonArray("leaves").getValuesAs(JsonObject.class).stream()
            .map(MerkleTreeTest::receipt)
            .map(ReceiptLeaf::hash)
            .toList();
    assertThat(MerkleTree.of(leaves).root()).hasToString(vector.getString("root"));
    assertThat(MerkleTree.of(leaves).proof(leaves.get(0)))
        .isEqualTo(Vectors.hashes(vector, "proof"));
  }

  @Test
  void shouldProveEveryLeafWhateverTheirOrder() {
    Random random = new Random(42);
    for (int size = 1; size <= 70; size++) {
      List<Hash32> leaves = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        leaves.add(Keccak.hash(new Words().number(random.nextLong(Long.MAX_VALUE))));
      }
      MerkleTree tree = MerkleTree.of(leaves);
      Collections.shuffle(leaves, random);
      assertThat(MerkleTree.of(leaves).root()).isEqualTo(tree.root());
      for (Hash32 leaf : leaves) {
        assertThat(MerkleTree.rootOf(leaf, tree.proof(leaf))).isEqualTo(tree.root());
      }
    }
  }

  @Test
  void shouldHaveAZeroRootWithoutLeaves() {
    assertThat(MerkleTree.of(List.of()).root()).isEqualTo(Hash32.ZERO);
  }

  @Test
  void shouldNotProveWhatIsNotThere() {
    MerkleTree tree = MerkleTree.of(List.of(Hash32.ZERO));
    assertThatThrownBy(() -> tree.proof(Keccak.hash(new byte[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldUnpackWhatItPacked() {
    List<Hash32> proof = List.of(Hash32.ZERO, Keccak.hash(new byte[0]));
    assertThat(MerkleTree.unpack(MerkleTree.pack(proof))).isEqualTo(proof);
    assertThatThrownBy(() -> MerkleTree.unpack(new byte[33]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static EarningLeaf earning(JsonObject json) {
    return new EarningLeaf(
        Hash32.parse(json.getString("poolId")),
        WalletAddress.parse(json.getString("provider")),
        TokenAmount.parse(json.getString("cumulative")));
  }

  private static ReceiptLeaf receipt(JsonObject json) {
    return new ReceiptLeaf(
        new AttemptRef(JobId.parse(json.getString("jobId")), json.getInt("attempt")),
        Hash32.parse(json.getString("poolId")),
        WalletAddress.parse(json.getString("provider")),
        TokenAmount.parse(json.getString("amount")),
        Hash32.parse(json.getString("resultSha256")));
  }
}
