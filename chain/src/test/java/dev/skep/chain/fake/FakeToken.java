package dev.skep.chain.fake;

import dev.skep.chain.fake.FakeState.Pair;
import dev.skep.chain.identity.Signature;
import dev.skep.chain.ledger.Selector;
import dev.skep.chain.ledger.WordReader;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.typed.ForwardRequest;
import dev.skep.chain.typed.Permit;
import dev.skep.chain.typed.TypedDomain;
import dev.skep.protocol.wallet.TokenAmount;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;

/** SkepToken and SkepForwarder as far as our callers can tell. */
final class FakeToken {
  private static final Map<String, BiConsumer<FakeCall, WordReader>> FUNCTIONS =
      Map.of(
          selector("transfer(address,uint256)"), FakeToken::transfer,
          selector("approve(address,uint256)"), FakeToken::approve,
          selector("mint(address,uint256)"), FakeToken::mint,
          selector("execute((address,address,uint256,uint256,uint48,bytes,bytes))"),
              FakeToken::execute);

  private FakeToken() {}

  static String selector(String function) {
    return Hex.encode(Selector.of(function));
  }

  static void run(FakeCall call, byte[] data) {
    dispatch(FUNCTIONS, call, data);
  }

  static void dispatch(
      Map<String, BiConsumer<FakeCall, WordReader>> functions, FakeCall call, byte[] data) {
    FakeRevert.unless(data.length >= 4, "no function");
    String selector = Hex.encode(Arrays.copyOf(data, 4));
    BiConsumer<FakeCall, WordReader> function = functions.get(selector);
    FakeRevert.unless(function != null, "unknown function " + selector);
    function.accept(call, new WordReader(data, 4));
  }

  /** Takes a permit that is good; ignores any other, as the ledger does. */
  static void permit(FakeCall call, TokenAmount value, long deadline, Signature signature) {
    FakeState state = call.state();
    WalletAddress owner = call.actor();
    BigInteger nonce = state.permitNonces.getOrDefault(owner, BigInteger.ZERO);
    Permit permit = new Permit(owner, call.ledger(), value, nonce, deadline);
    TypedDomain domain =
        TypedDomain.token(call.environment().chainId(), call.environment().contracts().token());
    boolean signed = signature.signer(permit.digest(domain)).equals(owner);
    if (signed && deadline >= call.environment().now().getEpochSecond()) {
      state.permitNonces.put(owner, nonce.add(BigInteger.ONE));
      state.allowances.put(new Pair(owner, call.ledger()), value);
    }
  }

  static boolean accepts(FakeCall call, ForwardRequest request, Signature signature) {
    TypedDomain domain =
        TypedDomain.forwarder(
            call.environment().chainId(), call.environment().contracts().forwarder());
    return signature.signer(request.digest(domain)).equals(request.from())
        && request.nonce().equals(forwarderNonce(call.state(), request.from()))
        && request.deadline() >= call.environment().now().getEpochSecond()
        && request.to().equals(call.ledger());
  }

  static BigInteger forwarderNonce(FakeState state, WalletAddress sender) {
    return state.forwarderNonces.getOrDefault(sender, BigInteger.ZERO);
  }

  private static void transfer(FakeCall call, WordReader in) {
    call.state().move(call.sender(), in.address(), in.amount());
  }

  private static void approve(FakeCall call, WordReader in) {
    Pair pair = new Pair(call.sender(), in.address());
    call.state().allowances.put(pair, in.amount());
  }

  private static void mint(FakeCall call, WordReader in) {
    FakeState state = call.state();
    FakeRevert.unless(
        call.sender().equals(state.tokenOwner), "OwnableUnauthorizedAccount(address)");
    WalletAddress to = in.address();
    state.tokens.put(to, state.tokensOf(to).plus(in.amount()));
  }

  private static void execute(FakeCall call, WordReader in) {
    WordReader request = in.dynamic();
    WalletAddress from = request.address();
    WalletAddress to = request.address();
    BigInteger value = request.number();
    BigInteger gas = request.number();
    long deadline = request.count();
    byte[] data = request.dynamic().bytes();
    Signature signature = Signature.of(request.dynamic().bytes());
    BigInteger nonce = forwarderNonce(call.state(), from);
    ForwardRequest signed = new ForwardRequest(from, to, value, gas, nonce, deadline, data);
    FakeRevert.unless(
        accepts(call, signed, signature), "ERC2771ForwarderInvalidSigner(address,address)");
    call.state().forwarderNonces.put(from, nonce.add(BigInteger.ONE));
    FakeLedger.run(call.forwarded(from), data);
  }
}
