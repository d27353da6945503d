package dev.skep.system.sockets;

import dev.skep.system.server.ShellCommand;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A TCP port on which a process accepts connections, as {@code ss} reports it. */
record Listener(String address, int port, Set<Long> pids) {
  private static final Pattern LINE =
      Pattern.compile("^LISTEN\\s+\\d+\\s+\\d+\\s+(\\S+):(\\d+)\\s+\\S+\\s*(.*)$");
  private static final Pattern PID = Pattern.compile("pid=(\\d+)");

  /** The listeners of these processes. */
  static List<Listener> of(Set<Long> processes) {
    String report =
        ShellCommand.run(Map.of(), Duration.ofMinutes(1), List.of("ss", "-Hltnp")).succeeded();
    return report
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(
            line ->
                new Listener(line.group(1), Integer.parseInt(line.group(2)), pids(line.group(3))))
        .filter(listener -> listener.pids().stream().anyMatch(processes::contains))
        .toList();
  }

  private static Set<Long> pids(String users) {
    return PID.matcher(users)
        .results()
        .map(r -> Long.valueOf(r.group(1)))
        .collect(Collectors.toCollection(HashSet::new));
  }

  boolean isLoopback() {
    return address.startsWith("127.")
        || address.equals("[::1]")
        || address.equals("[::ffff:127.0.0.1]");
  }
}
