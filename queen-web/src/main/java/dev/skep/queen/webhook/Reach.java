package dev.skep.queen.webhook;

import dev.skep.protocol.Fault;
import dev.skep.protocol.SkepException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Where the queen may be sent by a stranger's URL: to public addresses over https. An address is
 * judged after its name was resolved, and the connection then goes to that very address, so a name
 * that changes its mind between the two gains nothing.
 *
 * @param loopback also http and https to this machine, for the chain of demo and tests
 * @param privateNetworks also to private addresses, when the operator says so
 */
record Reach(boolean loopback, boolean privateNetworks) {
  private static final int LEAST_FREE_PORT = 1024;

  /** First byte(s) of IPv4 ranges that lead to no public host, as address and prefix length. */
  private static final List<String> CLOSED_V4 =
      List.of(
          "0.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  private static final List<String> PRIVATE_V4 =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

  /** Addresses of IPv6 that stand for public ones are all in here. */
  private static final String GLOBAL_V6 = "2000::/3";

  private static final List<String> CLOSED_V6 =
      List.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private static final String PRIVATE_V6 = "fc00::/7";

  /** The URL, when its form is one that may be called; throws {@code webhook-url-refused}. */
  URI check(String text) {
    URI url = parse(text);
    String scheme = String.valueOf(url.getScheme());
    boolean http = scheme.equals("http") && loopback && isLoopbackName(url.getHost());
    if (!scheme.equals("https") && !http) {
      throw refused("it must be https");
    }
    if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
      throw refused("it needs a host and may have no user and no fragment");
    }
    int port = url.getPort();
    if (port != -1 && port != 443 && port < LEAST_FREE_PORT) {
      throw refused("its port must be 443 or at least " + LEAST_FREE_PORT);
    }
    return url;
  }

  private static URI parse(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw refused("it is no URL");
    }
  }

  private static boolean isLoopbackName(String host) {
    return host != null && List.of("localhost", "127.0.0.1", "[::1]").contains(host);
  }

  /** The address to connect to; every address of the name must be allowed. */
  InetAddress resolve(URI url) {
    try {
      InetAddress[] all = InetAddress.getAllByName(url.getHost());
      if (!Arrays.stream(all).allMatch(this::allows)) {
        // Not which address it is: that would read the house's own names to strangers.
        throw refused(url.getHost() + " leads to an address that is not public");
      }
      return all[0];
    } catch (UnknownHostException e) {
      throw SkepException.of("webhook-host-unknown", 502)
          .fault(Fault.CALLER)
          .because("the name " + url.getHost() + " has no address")
          .hint("Mend the webhook's URL or the name's DNS entry.")
          .causedBy(e);
    }
  }

  boolean allows(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return loopback;
    }
    if (address instanceof Inet4Address) {
      return !within(address, CLOSED_V4) && (privateNetworks || !within(address, PRIVATE_V4));
    }
    return address instanceof Inet6Address && allowsV6(address);
  }

  private boolean allowsV6(InetAddress address) {
    boolean isPublic = within(address, List.of(GLOBAL_V6)) && !within(address, CLOSED_V6);
    return isPublic || privateNetworks && within(address, List.of(PRIVATE_V6));
  }

  private static boolean within(InetAddress address, List<String> ranges) {
    return ranges.stream().anyMatch(range -> within(address.getAddress(), range));
  }

  private static boolean within(byte[] address, String range) {
    String[] parts = range.split("/");
    byte[] start = literal(parts[0]);
    int bits = Integer.parseInt(parts[1]);
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((address[i / 8] & mask) != (start[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] literal(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a literal needs no resolving", e);
    }
  }

  private static SkepException refused(String why) {
    return SkepException.of("webhook-url-refused", 422)
        .fault(Fault.CALLER)
        .because("The queen does not call this URL: " + why + ".")
        .hint("Give an https URL of a host with public addresses.");
  }
}
