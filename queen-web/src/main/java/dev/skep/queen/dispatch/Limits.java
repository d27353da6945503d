package dev.skep.queen.dispatch;

import java.time.Duration;

/** How long a job may queue, run and take as a whole, and how many slots a pool has. */
public record Limits(int slots, int perProvider, Duration queue, Duration run, Duration total) {}
