package dev.skep.queen.finite;

import dev.skep.protocol.id.JobId;

/** An input whose last job has ended. */
record EndedInput(int number, JobId job, boolean failed) {}
