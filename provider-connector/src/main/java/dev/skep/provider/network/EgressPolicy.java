package dev.skep.provider.network;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.NetworkPolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a provider lets jobs reach at most, and how much of it, whatever a pool asks for.
 *
 * @param allowed whether pools that need the network may be joined at all
 * @param networks ranges that are open although they are private, or although the port is for mail
 * @param meter how much each slot may use
 */
public record EgressPolicy(boolean allowed, List<AddressRange> networks, Meter meter) {

  /** No pool that needs the network. */
  public static final EgressPolicy NONE = new EgressPolicy(false, List.of());

  /** The public internet, without mail. */
  public static final EgressPolicy PUBLIC = new EgressPolicy(true, List.of());

  /** What stands for the public internet in a list of ranges. */
  public static final String PUBLIC_WORD = "public";

  /** Everything that is not one host of the public internet: LAN, host, metadata, multicast. */
  static final List<AddressRange> PRIVATE =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "224.0.0.0/4",
              "240.0.0.0/4")
          .map(AddressRange::parse)
          .toList();

  static final Set<Integer> MAIL = Set.of(25, 465, 587, 2525);

  public EgressPolicy {
    networks = List.copyOf(networks);
  }

  /** The standard meter. */
  public EgressPolicy(boolean allowed, List<AddressRange> networks) {
    this(allowed, networks, Meter.STANDARD);
  }

  /** The same places, under another meter. */
  public EgressPolicy with(Meter other) {
    return new EgressPolicy(allowed, networks, other);
  }

  /**
   * The policy that a list of ranges means: the public internet and, besides, each range that is
   * not the word {@code public}; nothing when the list is empty.
   */
  public static EgressPolicy of(List<String> list) {
    List<AddressRange> ranges =
        list.stream().filter(text -> !text.equals(PUBLIC_WORD)).map(AddressRange::parse).toList();
    return new EgressPolicy(!list.isEmpty(), ranges);
  }

  /**
   * Refuses a pool that needs the network on a machine whose owner did not allow that.
   *
   * @throws SkepException {@code network-not-allowed} (PROVIDER)
   */
  public void admit(NetworkPolicy asked) {
    if (!asked.isNone() && !allowed) {
      throw SkepException.of("network-not-allowed", 403)
          .fault(Fault.PROVIDER)
          .because(
              "the pool's jobs need the network (" + asked.allow() + "), this machine allows none")
          .hint("If you trust these places, join with --allow-network.");
    }
  }

  boolean isOpen(AddressRange address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  boolean permits(AddressRange address, int port) {
    boolean isPublic = PRIVATE.stream().noneMatch(range -> range.contains(address));
    return allowed && (isOpen(address) || (isPublic && !MAIL.contains(port)));
  }
}
