package dev.skep.provider.security;

import java.util.Locale;

/** What a hostile job would try first. Each name is a function of {@code attacks.py}. */
public enum Attack {
  WRITE_ROOT("write to /, /etc/passwd and /usr", "read-only file system"),
  WRITE_JOB("change the program, replace the worker's socket", "read-only mounts"),
  GAIN_RIGHTS(
      "become root, make devices, mount, chroot, open raw sockets",
      "no capability, no system call for it"),
  KERNEL_DOORS(
      "io_uring, AF_VSOCK, keyctl, user namespaces, mounts, bpf, userfaultfd, perf events, kexec, syslog",
      "refused by the list of system calls"),
  FORK_BOMB("start 200 processes", "stopped at the slot's limit of processes"),
  FILE_BOMB("open 5,000 files", "stopped at 1,024"),
  FILL_TMP("write 100 MiB to /tmp and 32 MiB to /dev/shm", "disk full at the slot's limit"),
  EXEC_TMP("put a program into /tmp and /dev/shm and run it", "permission denied"),
  NETWORK(
      "find an interface, reach LAN, host, metadata and the internet, look up a name",
      "only loopback"),
  HOST_DOORS("find Docker's socket, disks, kvm, GPUs; write to /proc and /sys", "nothing there"),
  HOST_VIEW("see the host's processes, name and environment", "only its own"),
  SPIN_CPUS("spin on four processors", "held to the slot's quarter of one"),
  MEMORY_BOMB("hold 400 MiB of memory", "killed at the slot's limit of 256 MiB"),
  CHILD_MEMORY_BOMB("hold 400 MiB in a child process", "the child is killed, the slot lives"),
  TMP_MEMORY_BOMB("spread 294 MiB over heap, /tmp and /dev/shm", "killed: files count too"),
  EGRESS(
      "with one listed site: reach LAN, host, metadata, mail, name servers; undo the rules",
      "refused by the guard of the slot's network");

  private final String tried;
  private final String expected;

  Attack(String tried, String expected) {
    this.tried = tried;
    this.expected = expected;
  }

  /** Whether the right end of this attack is that the container is killed for its memory. */
  boolean endsInDeath() {
    return this == MEMORY_BOMB || this == TMP_MEMORY_BOMB;
  }

  /** Kebab case, as in reports. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String tried() {
    return tried;
  }

  public String expected() {
    return expected;
  }
}
