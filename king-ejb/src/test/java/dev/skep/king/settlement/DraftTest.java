package dev.skep.king.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.chain.ledger.Room;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.proof.ReceiptLeaf;
import dev.skep.protocol.id.AttemptRef;
import dev.skep.protocol.id.JobId;
import dev.skep.protocol.id.PoolId;
import dev.skep.protocol.id.Uuid7;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DraftTest {
  private final Random random = new Random(17);
  private final Uuid7 ids = Uuid7.system();

  private Hash32 bytes() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Hash32.of(bytes);
  }

  private Due due(PoolId pool, Hash32 chainId, int provider) {
    WalletAddress address = WalletAddress.parse("0x" + ("0" + provider).repeat(20));
    AttemptRef attempt = new AttemptRef(new JobId(ids.next()), 1);
    TokenAmount amount = TokenAmount.of(1 + random.nextInt(50));
    return new Due(pool, new ReceiptLeaf(attempt, chainId, address, amount, Hash32.ZERO));
  }

  private static TokenAmount sum(Collection<TokenAmount> amounts) {
    return amounts.stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
  }

  private static Standing standing(Map<PoolId, TokenAmount> deposited) {
    return new Standing(
        0, Hash32.ZERO, Map.of(), Map.of(), deposited, rooms(deposited, TokenAmount.ZERO));
  }

  private static Map<PoolId, Room> rooms(Map<PoolId, TokenAmount> deposited, TokenAmount debited) {
    Map<PoolId, Room> rooms = new HashMap<>();
    deposited.forEach((pool, amount) -> rooms.put(pool, new Room(debited, amount.minus(debited))));
    return rooms;
  }

  @Test
  void shouldLeaveForTheNextEpochWhatTheCapDoesNotLeave() {
    PoolId pool = new PoolId(ids.next());
    Hash32 chainId = bytes();
    List<Due> due = IntStream.range(0, 9).mapToObj(i -> due(pool, chainId, i % 3)).toList();
    TokenAmount all = sum(due.stream().map(Due::amount).toList());
    TokenAmount cap = all.minus(TokenAmount.of(1));
    Standing standing = standing(Map.of(pool, all.times(2)));
    Room room = new Room(TokenAmount.of(5), cap);
    Draft draft = Draft.of(standing.with(Map.of(pool, room)), due);
    assertThat(draft.receipts()).isNotEmpty().hasSizeLessThan(due.size() + 1);
    assertThat(draft.body().debits().get(0).from()).isEqualTo(TokenAmount.of(5));
    assertThat(sum(draft.debits().values())).isLessThanOrEqualTo(cap.plus(TokenAmount.of(5)));
    Draft none = Draft.of(standing.with(Map.of(pool, new Room(TokenAmount.ZERO, cap))), due);
    assertThat(none.receipts()).hasSizeLessThan(due.size());
    assertThat(none.capped()).containsExactly(pool);
    assertThat(none.overdrawn()).isEmpty();
  }

  @Test
  void shouldDebitOnlyWhatVouchersHaveNotPaid() {
    PoolId pool = new PoolId(ids.next());
    Hash32 chainId = bytes();
    Due first = due(pool, chainId, 1);
    Due second = due(pool, chainId, 2);
    Account account = new Account(pool, first.provider());
    Map<PoolId, TokenAmount> deposited = Map.of(pool, TokenAmount.of(1000));
    // The voucher was ahead of the king: it paid the first receipt and more that is still to come.
    TokenAmount ahead = first.amount().plus(TokenAmount.of(100));
    Standing standing =
        new Standing(
            0,
            Hash32.ZERO,
            Map.of(),
            Map.of(account, List.of(new Standing.Redeemed(TokenAmount.ZERO, ahead))),
            deposited,
            rooms(deposited, TokenAmount.ZERO));
    Draft draft = Draft.of(standing, List.of(first, second));
    assertThat(draft.receipts()).hasSize(2);
    assertThat(draft.debits()).containsEntry(pool, second.amount());
    assertThat(draft.changed().get(account).cumulative()).isEqualTo(first.amount());
  }

  @Test
  void shouldOweExactlyWhatItTakesAndNeverMoreThanTheDeposit() {
    for (int round = 0; round < 50; round++) {
      PoolId pool = new PoolId(ids.next());
      Hash32 chainId = bytes();
      TokenAmount deposit = TokenAmount.of(random.nextInt(3000));
      List<Due> due =
          IntStream.range(0, random.nextInt(200))
              .mapToObj(i -> due(pool, chainId, random.nextInt(9)))
              .toList();
      Draft draft = Draft.of(standing(Map.of(pool, deposit)), due);
      TokenAmount taken = sum(draft.receipts().stream().map(Due::amount).toList());
      assertThat(sum(draft.debits().values())).isEqualTo(taken).isLessThanOrEqualTo(deposit);
      assertThat(sum(draft.changed().values().stream().map(EarningLeaf::cumulative).toList()))
          .isEqualTo(taken);
      assertThat(draft.overdrawn().isEmpty()).isEqualTo(draft.receipts().size() == due.size());
    }
  }

  @Test
  void shouldProveEveryChangedLeafAndCarryTheOldOnes() {
    PoolId pool = new PoolId(ids.next());
    Hash32 chainId = bytes();
    Map<PoolId, TokenAmount> deposited = Map.of(pool, TokenAmount.of(100_000));
    Draft first =
        Draft.of(
            standing(deposited),
            IntStream.range(0, 60).mapToObj(i -> due(pool, chainId, i % 7)).toList());
    Draft second =
        Draft.of(
            new Standing(
                1,
                first.header().hash(1, first.receipts().get(0).provider()),
                first.changed(),
                Map.of(),
                deposited,
                rooms(deposited, first.debits().get(pool))),
            List.of(due(pool, chainId, 3), due(pool, chainId, 8)));
    Map<Account, EarningLeaf> all = new HashMap<>(first.changed());
    all.putAll(second.changed());
    assertThat(all).hasSize(8);
    for (EarningLeaf leaf : all.values()) {
      assertThat(MerkleTree.rootOf(leaf.hash(), MerkleTree.unpack(second.proof(leaf))))
          .isEqualTo(second.header().root());
    }
    assertThat(second.header().number()).isEqualTo(2);
  }

  @Test
  void shouldBeTheSameBlockWhateverTheOrderOfItsReceipts() {
    PoolId pool = new PoolId(ids.next());
    Hash32 chainId = bytes();
    Standing standing = standing(Map.of(pool, TokenAmount.of(100_000)));
    List<Due> due =
        new ArrayList<>(IntStream.range(0, 40).mapToObj(i -> due(pool, chainId, i % 9)).toList());
    Draft draft = Draft.of(standing, due);
    Collections.shuffle(due, random);
    assertThat(Draft.of(standing, due).header()).isEqualTo(draft.header());
  }

  @Test
  void shouldStayWithinTheGasOfOneTransaction() {
    Map<PoolId, TokenAmount> deposited = new HashMap<>();
    List<Due> due = new ArrayList<>();
    for (int i = 0; i < Selection.MOST_POOLS + 5; i++) {
      PoolId pool = new PoolId(ids.next());
      deposited.put(pool, TokenAmount.of(1000));
      due.add(due(pool, bytes(), 1));
    }
    Draft draft = Draft.of(standing(deposited), due);
    assertThat(draft.receipts()).hasSize(Selection.MOST_POOLS);
    assertThat(draft.overdrawn()).isEmpty();
  }
}
