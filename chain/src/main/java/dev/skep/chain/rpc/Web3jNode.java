package dev.skep.chain.rpc;

import static org.web3j.protocol.core.DefaultBlockParameterName.FINALIZED;
import static org.web3j.protocol.core.DefaultBlockParameterName.LATEST;
import static org.web3j.protocol.core.DefaultBlockParameterName.SAFE;

import dev.skep.chain.ledger.BlockRef;
import dev.skep.chain.ledger.ChainNode;
import dev.skep.chain.ledger.Heads;
import dev.skep.chain.ledger.MinedTransaction;
import dev.skep.chain.ledger.Selector;
import dev.skep.chain.ledger.SendOutcome;
import dev.skep.chain.ledger.WordReader;
import dev.skep.chain.proof.Hash32;
import dev.skep.chain.proof.Hex;
import dev.skep.chain.proof.Words;
import dev.skep.chain.wallet.Call;
import dev.skep.chain.wallet.Fees;
import dev.skep.chain.wallet.SignedTransaction;
import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** A node by JSON-RPC. */
public class Web3jNode implements ChainNode {
  private static final WalletAddress L1_FEE_ORACLE =
      WalletAddress.parse("0x420000000000000000000000000000000000000f");
  private static final BigInteger TIP = BigInteger.valueOf(1_000_000);

  final Web3j web3j;

  /** Talks through this connection; see {@link RpcConnection}. */
  public Web3jNode(RpcConnection connection) {
    this.web3j = connection.web3j();
  }

  @Override
  public long chainId() {
    return Rpc.ask(web3j.ethChainId()).getChainId().longValueExact();
  }

  @Override
  public Heads heads() {
    return new Heads(head(LATEST), head(SAFE), head(FINALIZED));
  }

  @Override
  public Optional<Hash32> blockHash(long number) {
    return Optional.ofNullable(block(DefaultBlockParameter.valueOf(BigInteger.valueOf(number))))
        .map(block -> Hash32.parse(block.getHash()));
  }

  @Override
  public long minedNonce(WalletAddress sender) {
    return Rpc.ask(web3j.ethGetTransactionCount(sender.toString(), LATEST))
        .getTransactionCount()
        .longValueExact();
  }

  @Override
  public BigInteger balance(WalletAddress holder) {
    return Rpc.ask(web3j.ethGetBalance(holder.toString(), LATEST)).getBalance();
  }

  @Override
  public boolean hasCode(WalletAddress address) {
    return Rpc.ask(web3j.ethGetCode(address.toString(), LATEST)).getCode().length() > 2;
  }

  @Override
  public Fees fees() {
    EthBlock.Block latest = block(LATEST);
    if (latest == null || latest.getBaseFeePerGas() == null) {
      throw SkepException.of("chain-unsupported", 500)
          .because("The chain's node names no base fee; Skep needs EIP-1559.");
    }
    return new Fees(latest.getBaseFeePerGas().shiftLeft(1).add(TIP), TIP);
  }

  @Override
  public long estimateGas(WalletAddress from, Call call) {
    return Rpc.ask(web3j.ethEstimateGas(transaction(from, call))).getAmountUsed().longValueExact();
  }

  @Override
  public BigInteger l1Fee(SignedTransaction transaction) {
    if (!hasCode(L1_FEE_ORACLE)) {
      return BigInteger.ZERO;
    }
    byte[] raw = transaction.raw();
    Words words = new Words().number(32).number(raw.length).padded(raw);
    return call(L1_FEE_ORACLE, Selector.encode("getL1Fee(bytes)", words)).number();
  }

  @Override
  public SendOutcome send(SignedTransaction transaction) {
    EthSendTransaction answer =
        Rpc.askAnyway(web3j.ethSendRawTransaction(Hex.encode(transaction.raw())));
    if (!answer.hasError()) {
      return SendOutcome.ACCEPTED;
    }
    return SendRefusal.outcome(answer.getError().getMessage())
        .orElseThrow(() -> Rpc.refused("eth_sendRawTransaction", answer.getError()));
  }

  @Override
  public Optional<MinedTransaction> mined(Hash32 transaction) {
    return Rpc.ask(web3j.ethGetTransactionReceipt(transaction.toString()))
        .getTransactionReceipt()
        .map(Web3jNode::mined);
  }

  /** Asks a contract and reads what it answers. */
  final WordReader call(WalletAddress contract, byte[] data) {
    Transaction call =
        Transaction.createEthCallTransaction(null, contract.toString(), Hex.encode(data));
    byte[] answer = Hex.decode(Rpc.ask(web3j.ethCall(call, LATEST)).getValue());
    if (answer.length == 0) {
      throw SkepException.of("chain-contract-missing", 502)
          .fault(Fault.CHAIN)
          .because("There is no contract of ours at " + contract + ".")
          .hint("Check the address and that the node is of the right chain.");
    }
    return new WordReader(answer, 0);
  }

  private BlockRef head(DefaultBlockParameter which) {
    EthBlock.Block block = block(which);
    if (block == null) {
      throw SkepException.of("chain-unsupported", 500)
          .because("The chain's node knows no block " + which.getValue() + ".");
    }
    return new BlockRef(block.getNumber().longValueExact(), Hash32.parse(block.getHash()));
  }

  private EthBlock.@Nullable Block block(DefaultBlockParameter which) {
    return Rpc.ask(web3j.ethGetBlockByNumber(which, false)).getBlock();
  }

  private static MinedTransaction mined(TransactionReceipt receipt) {
    String created = receipt.getContractAddress();
    BlockRef block =
        new BlockRef(
            receipt.getBlockNumber().longValueExact(), Hash32.parse(receipt.getBlockHash()));
    return new MinedTransaction(
        Hash32.parse(receipt.getTransactionHash()),
        receipt.isStatusOK(),
        block,
        receipt.getGasUsed().longValueExact(),
        created == null ? null : WalletAddress.parse(created));
  }

  private static Transaction transaction(WalletAddress from, Call call) {
    WalletAddress to = call.to();
    return new Transaction(
        from.toString(),
        null,
        null,
        null,
        to == null ? null : to.toString(),
        call.value(),
        Hex.encode(call.data()));
  }
}
