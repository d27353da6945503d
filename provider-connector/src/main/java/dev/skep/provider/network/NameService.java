package dev.skep.provider.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Looks host names up. */
@FunctionalInterface
public interface NameService {

  /** This machine's own. */
  NameService SYSTEM = NameService::ask;

  /** The IPv4 addresses of a name, or of an address its own; empty when there are none. */
  List<AddressRange> addresses(String host);

  private static List<AddressRange> ask(String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host))
          .filter(Inet4Address.class::isInstance)
          .map(address -> AddressRange.parse(address.getHostAddress()))
          .toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
