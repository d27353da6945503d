package dev.skep.chain.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.BlockRef;
import dev.skep.chain.ledger.Deployment;
import dev.skep.chain.ledger.Heads;
import dev.skep.chain.ledger.LedgerBlock;
import dev.skep.chain.ledger.LedgerCalls;
import dev.skep.chain.ledger.LedgerChain;
import dev.skep.chain.ledger.LedgerEvent;
import dev.skep.chain.ledger.MinedTransaction;
import dev.skep.chain.ledger.PoolAccount;
import dev.skep.chain.ledger.Room;
import dev.skep.chain.ledger.SendOutcome;
import dev.skep.chain.proof.BlockBody;
import dev.skep.chain.proof.BlockHeader;
import dev.skep.chain.proof.Debit;
import dev.skep.chain.proof.EarningLeaf;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Keccak;
import dev.skep.chain.proof.MerkleTree;
import dev.skep.chain.proof.Words;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.chain.typed.TypedDomain;
import dev.skep.chain.typed.Voucher;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.chain.wallet.KeyRole;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.chain.wallet.UnsignedTransaction;
import dev.skep.chain.wallet.Wallet;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What king and relay rely on; the chain in memory and the real one both keep it. */
public interface LedgerChainContract {
  Hash32 SALT = Keccak.hash(new byte[] {7});
  TokenAmount TEN = TokenAmount.parseHuman("10 SKEP");

  /** A lab with fresh contracts. */
  ChainLab lab();

  @Test
  default void shouldPayAProviderWithoutGasOfOwnerOrProvider() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    assertThat(story.account(poolId).deposited()).isEqualTo(TEN);

    TokenAmount earned = TokenAmount.parseHuman("0.3 SKEP");
    BlockHeader header = story.finalizeBlock(poolId, earned);
    LedgerBlock block = story.chain().ledgerBlock(1).orElseThrow();
    assertThat(block.root()).isEqualTo(header.root());
    assertThat(block.hash()).isEqualTo(header.hash(31337, story.chain().contracts().ledger()));
    assertThat(story.chain().ledgerHead()).isEqualTo(1);

    story.lab().passTime(ChainLab.CHALLENGE);
    story.claimGasless(1);
    assertThat(story.chain().tokenBalance(story.provider().address())).isEqualTo(earned);
    assertThat(story.chain().claimedOf(poolId, story.provider().address())).isEqualTo(earned);
    assertThat(story.account(poolId).claimed()).isEqualTo(earned);
    assertThat(story.chain().balance(story.owner().address())).isZero();
  }

  @Test
  default void shouldTellTheWholeStoryInEvents() {
    Story story = new Story(lab());
    long first = story.chain().heads().latest().number();
    Hash32 poolId = story.openGasless(TEN);
    BlockHeader header = story.finalizeBlock(poolId, TEN);
    story.lab().passTime(ChainLab.CHALLENGE);
    MinedTransaction claimed = story.claimGasless(1);

    List<LedgerEvent> events = story.chain().events(first, claimed.block().number());
    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("PoolOpened", "Deposited", "BlockFinalized", "Claimed");
    assertThat(((LedgerEvent.PoolOpened) events.get(0)).owner()).isEqualTo(story.owner().address());
    assertThat(((LedgerEvent.Deposited) events.get(1)).amount()).isEqualTo(TEN);
    assertThat(((LedgerEvent.BlockFinalized) events.get(2)).root()).isEqualTo(header.root());
    LedgerEvent.Claimed last = (LedgerEvent.Claimed) events.get(3);
    assertThat(last.provider()).isEqualTo(story.provider().address());
    assertThat(last.cumulative()).isEqualTo(TEN);
    assertThat(last.place().transaction()).isEqualTo(claimed.hash());
    assertThat(last.place().block()).isEqualTo(claimed.block());
  }

  @Test
  default void shouldGiveTheOwnerBackWhatIsNotOwedAfterTheDelay() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    story.forward(story.owner(), story.calls().requestWithdraw(poolId, TEN));
    assertThat(story.account(poolId).withdrawAt()).isNotNull();
    story.finalizeBlock(poolId, TokenAmount.parseHuman("4 SKEP"));
    story.lab().passTime(ChainLab.WITHDRAW_DELAY);
    story.forward(story.owner(), story.calls().withdraw(poolId));
    assertThat(story.chain().tokenBalance(story.owner().address()))
        .isEqualTo(TokenAmount.parseHuman("6 SKEP"));
    assertThat(story.account(poolId).withdrawAt()).isNull();
  }

  @Test
  default void shouldLetTheKingSendHomeWhatNobodyAskedForYet() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    Call ask = story.calls().requestWithdraw(poolId, TEN);
    assertReverts(story, KeyRole.RELAY, ask, "NotOwner(bytes32)");
    story.lab().sender().succeed(story.lab().key(KeyRole.KING), ask);
    assertReverts(story, KeyRole.KING, ask, "NotOwner(bytes32)");
    story.lab().passTime(ChainLab.WITHDRAW_DELAY);
    story.relay(story.calls().withdraw(poolId));
    assertThat(story.chain().tokenBalance(story.owner().address())).isEqualTo(TEN);
  }

  @Test
  default void shouldPayAVoucherWithoutAKingAndCountItOnTheSameNumber() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    long first = story.chain().heads().latest().number() + 1;
    WalletAddress provider = story.provider().address();
    Voucher voucher = new Voucher(poolId, provider, TokenAmount.parseHuman("3 SKEP"));
    story.forward(story.provider(), story.calls().redeem(voucher, story.sign(voucher)));
    assertThat(story.chain().tokenBalance(provider)).isEqualTo(voucher.cumulative());
    assertThat(story.account(poolId).redeemed()).isEqualTo(voucher.cumulative());
    story.finalizeBlock(poolId, TokenAmount.parseHuman("4 SKEP"));
    story.lab().passTime(ChainLab.CHALLENGE);
    MinedTransaction claimed = story.claimGasless(1);
    assertThat(story.chain().claimedOf(poolId, provider))
        .isEqualTo(TokenAmount.parseHuman("4 SKEP"));
    assertThat(story.chain().events(first, claimed.block().number()))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Redeemed", "BlockFinalized", "Claimed");
    assertReverts(
        story,
        KeyRole.RELAY,
        story.calls().redeem(voucher, story.sign(voucher)),
        "NothingToClaim(uint128)");
  }

  @Test
  default void shouldTakeNoMoreThanTheCapOfTheEpochAndSayWhatIsShort() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    TokenAmount more = TEN.plus(TokenAmount.of(1));
    assertThat(story.chain().rooms(List.of(poolId, SALT)))
        .containsEntry(poolId, new Room(TokenAmount.ZERO, TEN))
        .containsEntry(SALT, Room.NONE);
    story.finalizeBlock(poolId, more);
    assertThat(story.account(poolId).debited()).isEqualTo(TEN);
    assertThat(story.chain().rooms(List.of(poolId)))
        .containsEntry(poolId, new Room(TEN, TokenAmount.ZERO));
    long head = story.chain().heads().latest().number();
    assertThat(story.chain().events(head, head))
        .filteredOn(LedgerEvent.DebitShort.class::isInstance)
        .extracting(event -> ((LedgerEvent.DebitShort) event).to())
        .containsExactly(more);
  }

  @Test
  default void shouldGiveAllBackThatNobodyClaimsFromAClosedPool() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    story.forward(story.owner(), story.calls().closePool(poolId));
    assertThat(story.account(poolId).closedAt()).isNotNull();
    story.finalizeBlock(poolId, TokenAmount.parseHuman("4 SKEP"));
    story.lab().passTime(Deployment.Periods.DEVELOPMENT.claimWindow());
    story.forward(story.owner(), story.calls().reclaim(poolId));
    assertThat(story.chain().tokenBalance(story.owner().address())).isEqualTo(TEN);
  }

  @Test
  default void shouldAcceptARequestOfItsSignerOnceAndUnchanged() {
    Story story = new Story(lab());
    Gasless gasless = new Gasless(story.chain());
    ForwardRequest request =
        gasless.request(story.owner(), story.calls().open(SALT, ChainLab.poolTerms()));
    Signature signature = gasless.sign(story.owner(), request);
    assertThat(story.chain().accepts(request, signature)).isTrue();
    assertThat(story.chain().accepts(request, gasless.sign(story.provider(), request))).isFalse();
    story.relay(story.calls().execute(request, signature));
    assertThat(story.chain().accepts(request, signature)).isFalse();
    assertThat(story.chain().forwarderNonce(story.owner().address())).isEqualTo(BigInteger.ONE);
  }

  @Test
  default void shouldNameTheRuleThatACallWouldBreak() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    Call finalize = story.finalizeCall(story.header(poolId, TEN));
    assertReverts(story, KeyRole.RELAY, finalize, "NotKing(address)");
    assertReverts(story, KeyRole.KING, story.calls().deposit(SALT, TEN), "NoPool(bytes32)");
    assertThat(story.chain().estimateGas(story.lab().key(KeyRole.KING).address(), finalize))
        .isPositive();
  }

  private static void assertReverts(Story story, KeyRole sender, Call call, String error) {
    assertThatThrownBy(() -> story.chain().estimateGas(story.lab().key(sender).address(), call))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("chain-reverted"))
        .hasMessageContaining(error);
  }

  @Test
  default void shouldMineARevertAsAFailureThatChangesNothing() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    Call finalize = story.finalizeCall(story.header(poolId, TEN));
    MinedTransaction mined = story.lab().sender().send(story.lab().key(KeyRole.RELAY), finalize);
    assertThat(mined.succeeded()).isFalse();
    assertThat(story.chain().ledgerHead()).isZero();
    assertThat(story.chain().ledgerBlock(1)).isEmpty();
    assertThat(story.chain().pool(SALT)).isEmpty();
  }

  @Test
  default void shouldSayThatANonceIsSpent() {
    ChainLab lab = lab();
    Wallet relay = lab.key(KeyRole.RELAY);
    SignedTransaction signed =
        lab.sender().sign(relay, Call.transfer(relay.address(), BigInteger.ZERO));
    assertThat(lab.chain().send(signed)).isEqualTo(SendOutcome.ACCEPTED);
    assertThat(lab.sender().mined(signed.hash()).succeeded()).isTrue();
    assertThat(lab.chain().send(signed)).isEqualTo(SendOutcome.NONCE_SPENT);
  }

  @Test
  default void shouldKnowWhatWaitsAndTakeAnotherOnlyForMore() {
    ChainLab lab = lab();
    Wallet relay = lab.key(KeyRole.RELAY);
    Fees fees = lab.chain().fees();
    long gap = lab.chain().minedNonce(relay.address()) + 1;
    UnsignedTransaction waiting =
        new UnsignedTransaction(
            lab.chain().chainId(),
            gap,
            50_000,
            fees,
            Call.transfer(relay.address(), BigInteger.ZERO));
    assertThat(lab.chain().send(relay.sign(waiting))).isEqualTo(SendOutcome.ACCEPTED);
    assertThat(lab.chain().send(relay.sign(waiting))).isEqualTo(SendOutcome.KNOWN);
    assertThat(lab.chain().mined(relay.sign(waiting).hash())).isEmpty();
    SignedTransaction raised = relay.sign(waiting.at(fees.raised()));
    assertThat(lab.chain().send(raised)).isEqualTo(SendOutcome.ACCEPTED);
    lab.sender().succeed(relay, Call.transfer(relay.address(), BigInteger.ZERO));
    assertThat(lab.sender().mined(raised.hash()).succeeded()).isTrue();
  }

  @Test
  default void shouldRefuseASenderWithoutFunds() {
    ChainLab lab = lab();
    Wallet poor = Wallet.fromPrivateKey(Keccak.hash(new byte[] {1}));
    SignedTransaction signed =
        lab.sender().sign(poor, Call.transfer(poor.address(), BigInteger.ZERO));
    assertThatThrownBy(() -> lab.chain().send(signed))
        .isInstanceOfSatisfying(
            SkepException.class, e -> assertThat(e.code()).isEqualTo("chain-refused"));
  }

  @Test
  default void shouldForgetAReorganizedTransactionAndTakeItsBytesAgain() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    Wallet king = story.lab().key(KeyRole.KING);
    SignedTransaction signed =
        story.lab().sender().sign(king, story.finalizeCall(story.header(poolId, TEN)));
    story.chain().send(signed);
    BlockRef before = story.lab().sender().mined(signed.hash()).block();
    story.lab().reorg(1);
    assertThat(story.chain().mined(signed.hash())).isEmpty();
    assertThat(story.chain().ledgerHead()).isZero();
    assertThat(story.chain().blockHash(before.number()))
        .isNotEmpty()
        .get()
        .isNotEqualTo(before.hash());
    assertThat(story.chain().send(signed)).isEqualTo(SendOutcome.ACCEPTED);
    assertThat(story.lab().sender().mined(signed.hash()).succeeded()).isTrue();
  }

  @Test
  default void shouldFollowSafeAndFinalizedHeads() {
    ChainLab lab = lab();
    BlockRef start = lab.chain().heads().latest();
    lab.mine(8);
    Heads heads = lab.chain().heads();
    assertThat(heads.latest().number()).isEqualTo(start.number() + 8);
    assertThat(heads.safe().number()).isBetween(start.number() + 1, start.number() + 7);
    assertThat(heads.finalized().number()).isBetween(start.number(), heads.safe().number() - 1);
    assertThat(lab.chain().blockHash(start.number())).contains(start.hash());
    assertThat(lab.chain().blockHash(start.number() + 1000)).isEmpty();
  }

  @Test
  default void shouldAskNoDataFeeOnAChainWithoutItsOracle() {
    ChainLab lab = lab();
    Wallet relay = lab.key(KeyRole.RELAY);
    SignedTransaction signed =
        lab.sender().sign(relay, Call.transfer(relay.address(), BigInteger.ZERO));
    assertThat(lab.chain().l1Fee(signed)).isZero();
    assertThat(lab.chain().chainId()).isEqualTo(31337);
    assertThat(lab.chain().hasCode(lab.contracts().ledger())).isTrue();
    assertThat(lab.chain().hasCode(relay.address())).isFalse();
    assertThat(lab.chain().ledgerToken()).isEqualTo(lab.contracts().token());
  }

  @Test
  default void shouldComputeTheSamePoolIdAsTheContract() {
    Story story = new Story(lab());
    Hash32 poolId = story.openGasless(TEN);
    assertThat(story.chain().pool(poolId))
        .map(PoolAccount::owner)
        .contains(story.owner().address());
    assertThat(poolId)
        .isEqualTo(Keccak.hash(new Words().address(story.owner().address()).hash(SALT)));
  }

  /** One owner and one provider, both without wei, on one lab. */
  final class Story {
    private final ChainLab lab;
    private final Wallet owner;
    private final Wallet provider;
    private EarningLeaf leaf =
        new EarningLeaf(SALT, ChainLab.KEYS.wallet(KeyRole.KING).address(), TEN);

    Story(ChainLab lab) {
      this.lab = lab;
      this.owner = Wallet.fromPrivateKey(Keccak.hash(lab.contracts().ledger().bytes()));
      this.provider = Wallet.fromPrivateKey(Keccak.hash(lab.contracts().token().bytes()));
    }

    ChainLab lab() {
      return lab;
    }

    LedgerChain chain() {
      return lab.chain();
    }

    Wallet owner() {
      return owner;
    }

    Wallet provider() {
      return provider;
    }

    LedgerCalls calls() {
      return new LedgerCalls(lab.contracts());
    }

    byte[] sign(Voucher voucher) {
      TypedDomain domain = TypedDomain.ledger(chain().chainId(), lab.contracts().ledger());
      return lab.key(KeyRole.VOUCHERS).sign(voucher.digest(domain)).bytes();
    }

    PoolAccount account(Hash32 poolId) {
      return chain().pool(poolId).orElseThrow();
    }

    MinedTransaction relay(Call call) {
      return lab.sender().succeed(lab.key(KeyRole.RELAY), call);
    }

    MinedTransaction forward(Wallet from, Call call) {
      return relay(new Gasless(chain()).forward(from, call));
    }

    Hash32 openGasless(TokenAmount amount) {
      lab.sender().succeed(lab.key(KeyRole.DEPLOYER), calls().mint(owner.address(), amount));
      Gasless gasless = new Gasless(chain());
      var permit = gasless.permit(owner, amount);
      forward(
          owner,
          calls().openAndDeposit(SALT, ChainLab.poolTerms(), permit, gasless.sign(owner, permit)));
      return Keccak.hash(new Words().address(owner.address()).hash(SALT));
    }

    BlockHeader header(Hash32 poolId, TokenAmount earned) {
      leaf = new EarningLeaf(poolId, provider.address(), earned);
      var body = body();
      Hash32 root = MerkleTree.of(List.of(leaf.hash())).root();
      return new BlockHeader(1, Hash32.ZERO, root, SALT, body.dataHash(), body.debitsHash());
    }

    Call finalizeCall(BlockHeader header) {
      return calls().finalizeBlock(header, body());
    }

    BlockHeader finalizeBlock(Hash32 poolId, TokenAmount earned) {
      BlockHeader header = header(poolId, earned);
      lab.sender().succeed(lab.key(KeyRole.KING), finalizeCall(header));
      return header;
    }

    MinedTransaction claimGasless(long number) {
      return forward(provider, calls().claim(number, leaf, List.of()));
    }

    private BlockBody body() {
      return new BlockBody(
          List.of(new Debit(leaf.poolId(), TokenAmount.ZERO, leaf.cumulative())), List.of(leaf));
    }
  }
}
