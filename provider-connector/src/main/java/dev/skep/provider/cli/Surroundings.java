package dev.skep.provider.cli;

import dev.skep.chain.ledger.Contracts;
import dev.skep.chain.ledger.LedgerChain;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Everything a command takes from outside, so that a test can give its own.
 *
 * @param chains opens the chain with these contracts at an RPC address
 */
public record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    InstantSource clock,
    BiFunction<Contracts, String, LedgerChain> chains) {}
