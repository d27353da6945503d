package dev.skep.broker;

/**
 * Each service of the broker is for one kind of user, and refuses the others whatever they know.
 */
enum BrokerRole {
  /** Direct calls inside the JVM. */
  QUEEN("queen"),
  /** {@code asadmin}, over loopback. */
  ADMINISTRATOR("admin"),
  /** A wallet, over TLS. */
  CONNECTOR(""),
  /** What should not be listening. */
  NOBODY("");

  private final String user;

  BrokerRole(String user) {
    this.user = user;
  }

  /** The one user name of this role; empty when there are many. */
  String user() {
    return user;
  }

  static BrokerRole of(String service) {
    return switch (service) {
      case "jmsdirect" -> QUEEN;
      case "admin" -> ADMINISTRATOR;
      case "ssljms", "wssjms" -> CONNECTOR;
      default -> NOBODY;
    };
  }
}
