package dev.skep.queen.dispatch;

import java.util.concurrent.Executor;

/**
 * The dispatcher's ways out.
 *
 * @param answers completes the futures of waiting clients, off the ledger's thread
 */
public record Ports(
    JobLedger ledger, Courier courier, SlotRecords slots, PastAttempts past, Executor answers) {}
