package dev.skep.provider.docker;

/**
 * One wall of the sandbox. All stand in production; tests take down one at a time to see its attack
 * succeed.
 */
enum Defence {
  READ_ONLY_ROOT,
  READ_ONLY_JOB,
  UNPRIVILEGED,
  NO_KERNEL_RIGHTS,
  SECCOMP,
  PIDS,
  FILES,
  TMP_SIZE,
  TMP_NOEXEC,
  CPU,
  MEMORY,
  NO_NETWORK,
  GUARD,
  NO_IPV6,
  NO_HOST_DOORS,
  OWN_NAMESPACES
}
