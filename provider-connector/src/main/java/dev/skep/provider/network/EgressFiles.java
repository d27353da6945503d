package dev.skep.provider.network;

import dev.skep.provider.network.Egress.Door;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The files that make a network namespace keep to an {@link Egress}. */
public final class EgressFiles {

  /** Asks nobody: the job's names are those of its hosts file. */
  public static final String RESOLVER = "# Names are pinned in /etc/hosts.\noptions attempts:1\n";

  private static final String NAME = "[a-z0-9.-]*[a-z][a-z0-9.-]*";

  private EgressFiles() {}

  /**
   * For nft: replaces what is open in one transaction, so that no moment is open, and leaves the
   * meter's count as it is.
   *
   * @param used bytes of today that the slot used before this namespace was made
   */
  public static String rules(Egress egress, Meter meter, long used) {
    return meter.rules(used) + doors(egress);
  }

  private static String doors(Egress egress) {
    return """
        table inet skep
        delete table inet skep
        table inet skep {
          chain input {
            type filter hook input priority 0; policy drop;
            ip daddr 127.0.0.11 drop
            iif "lo" accept
            ct state established,related accept
          }
          chain forward {
            type filter hook forward priority 0; policy drop;
          }
          chain output {
            type filter hook output priority 0; policy drop;
            ip daddr 127.0.0.11 drop comment "Docker's resolver asks the world for whoever asks it"
            oif "lo" accept
            ct state established,related accept
        %s    ip daddr { %s } reject with icmpx type admin-prohibited
        %s    reject with icmpx type admin-prohibited
          }
        }
        """
        .formatted(accepts(egress.open()), ranges(), accepts(egress.common()));
  }

  private static String ranges() {
    return EgressPolicy.PRIVATE.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String accepts(Collection<Door> doors) {
    return doors.stream()
        .map(door -> "    ip daddr %s tcp dport %d accept\n".formatted(door.address(), door.port()))
        .distinct()
        .sorted()
        .collect(Collectors.joining());
  }

  /** For the job's {@code /etc/hosts}. */
  public static String hosts(Egress egress) {
    StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
    for (Collection<Door> doors : List.of(egress.open(), egress.common())) {
      doors.stream()
          .filter(door -> door.host().matches(NAME))
          .map(door -> door.address() + " " + door.host() + "\n")
          .distinct()
          .sorted()
          .forEach(hosts::append);
    }
    return hosts.toString();
  }
}
