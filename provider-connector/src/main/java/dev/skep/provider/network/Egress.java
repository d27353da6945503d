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
 * @param refused places none of whose addresses is permitted, or that have none
 */
public record Egress(Set<Door> open, Set<Door> common, List<Destination> refused) {

  private static final int MOST_ADDRESSES = 16;

  /** One address and port that a job may connect to, and the name it knows the address by. */
  record Door(String host, AddressRange address, int port) {}

  public Egress {
    open = Set.copyOf(open);
    common = Set.copyOf(common);
    refused = List.copyOf(refused);
  }

  /** Looks up every place of a pool. */
  public static Egress resolve(NetworkPolicy pool, EgressPolicy provider, NameService names) {
    Set<Door> open = new LinkedHashSet<>();
    Set<Door> common = new LinkedHashSet<>();
    List<Destination> refused = new ArrayList<>();
    for (Destination place : pool.allow()) {
      List<Door> doors = doors(place, provider, names);
      doors.forEach(door -> (provider.isOpen(door.address()) ? open : common).add(door));
      if (doors.isEmpty()) {
        refused.add(place);
      }
    }
    return new Egress(open, common, refused);
  }

  private static List<Door> doors(Destination place, EgressPolicy provider, NameService names) {
    return names.addresses(place.host()).stream()
        .filter(address -> provider.permits(address, place.port()))
        .limit(MOST_ADDRESSES)
        .map(address -> new Door(place.host(), address, place.port()))
        .toList();
  }

  /**
   * Refuses to start a job that could not reach what it needs.
   *
   * @throws SkepException {@code network-denied} (PROVIDER)
   */
  public void checkWhole() {
    if (!refused.isEmpty()) {
      throw SkepException.of("network-denied", 422)
          .fault(Fault.PROVIDER)
          .because(
              "this machine does not let jobs reach "
                  + refused
                  + ": the name is unknown, or it means a private network or a port for mail")
          .hint("Open a private range on purpose: --allow-network=192.168.1.0/24.");
    }
  }
}
