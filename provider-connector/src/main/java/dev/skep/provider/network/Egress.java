package dev.skep.provider.network;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import dev.skep.protocol.pool.Destination;
import dev.skep.protocol.pool.NetworkPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A pool's places, looked up once and checked against the provider's policy. What a name means to
 * the job is what was checked here: a name that later points elsewhere opens nothing.
 *
 * @param open in ranges that the provider opened by hand
 * @param common on the public internet
 * @param refused places none of whose addresses is permitted
 * @param unknown places whose name has no address, as far as this machine knows now
 */
public record Egress(
    Set<Door> open, Set<Door> common, List<Destination> refused, List<Destination> unknown) {

  private static final int MOST_ADDRESSES = 16;

  /** One address and port that a job may connect to, and the name it knows the address by. */
  record Door(String host, AddressRange address, int port) {}

  public Egress {
    open = Set.copyOf(open);
    common = Set.copyOf(common);
    refused = List.copyOf(refused);
    unknown = List.copyOf(unknown);
  }

  /** Looks up every place of a pool. */
  public static Egress resolve(NetworkPolicy pool, EgressPolicy provider, NameService names) {
    Set<Door> open = new LinkedHashSet<>();
    Set<Door> common = new LinkedHashSet<>();
    List<Destination> refused = new ArrayList<>();
    List<Destination> unknown = new ArrayList<>();
    for (Destination place : pool.allow()) {
      List<AddressRange> addresses = names.addresses(place.host());
      List<Door> doors = doors(place, addresses, provider);
      doors.forEach(door -> (provider.isOpen(door.address()) ? open : common).add(door));
      if (doors.isEmpty()) {
        (addresses.isEmpty() ? unknown : refused).add(place);
      }
    }
    return new Egress(open, common, refused, unknown);
  }

  private static List<Door> doors(
      Destination place, List<AddressRange> addresses, EgressPolicy provider) {
    return addresses.stream()
        .filter(address -> provider.permits(address, place.port()))
        .limit(MOST_ADDRESSES)
        .map(address -> new Door(place.host(), address, place.port()))
        .toList();
  }

  /** Whether every place can be reached. */
  public boolean isWhole() {
    return refused.isEmpty() && unknown.isEmpty();
  }

  /**
   * Refuses to start a job that could not reach what it needs.
   *
   * @throws SkepException {@code network-denied}, {@code network-unresolved} (PROVIDER; the second
   *     one may pass)
   */
  public void checkWhole() {
    if (!unknown.isEmpty()) {
      throw SkepException.of("network-unresolved", 503)
          .fault(Fault.PROVIDER)
          .retryable(true)
          .because("this machine finds no IPv4 address for " + unknown)
          .hint("Check the name in the pool's list, and this machine's name service.");
    }
    if (!refused.isEmpty()) {
      throw SkepException.of("network-denied", 422)
          .fault(Fault.PROVIDER)
          .because(
              "this machine does not let jobs reach "
                  + refused
                  + ": it is in a private network, or a port for mail")
          .hint("Open a private range on purpose: --allow-network=192.168.1.0/24.");
    }
  }
}
