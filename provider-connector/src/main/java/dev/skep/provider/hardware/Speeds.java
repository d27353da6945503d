package dev.skep.provider.hardware;

import java.util.Optional;

/**
 * What a machine did when it was measured; others' work at the same time makes it less.
 *
 * @param gigaflops thousand millions of double precision operations a second, all processors
 * @param memory bytes a second that one processor copies
 * @param diskWrite bytes a second that reached the disk
 * @param diskRead bytes a second; of what was just written, so mostly from memory
 * @param network the way to the queen; empty when she was not reached
 */
public record Speeds(
    double gigaflops, double memory, double diskWrite, double diskRead, Optional<Network> network) {

  /**
   * The way to the queen.
   *
   * @param millis of a small question and its answer, the median
   * @param down bytes a second
   */
  public record Network(double millis, double down) {}
}
