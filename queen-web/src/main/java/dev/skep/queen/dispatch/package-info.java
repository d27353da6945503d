/**
 * Decides which slot runs which job and what each attempt earns: one dispatcher per node, in
 * memory, rebuilt from rows at start. Knows no container, no database and no broker: it acts
 * through the ports {@link dev.skep.queen.dispatch.JobLedger} and {@link
 * dev.skep.queen.dispatch.Courier}.
 */
@NullMarked
package dev.skep.queen.dispatch;

import org.jspecify.annotations.NullMarked;
