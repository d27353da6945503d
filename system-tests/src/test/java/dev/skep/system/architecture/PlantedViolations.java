package dev.skep.system.architecture;

import java.util.Map;

/** For each rule of {@link Arrows} and {@link Entities}, the smallest code that breaks it. */
final class PlantedViolations {

  private static final Map<String, String[]> SOURCES =
      Map.ofEntries(
          uses("PROTOCOL_IS_PLAIN", "dev.skep.protocol.x", "dev.skep.chain.x"),
          uses("CHAIN_KNOWS_PROTOCOL_ONLY", "dev.skep.chain.x", "dev.skep.persistence.x"),
          uses("PERSISTENCE_KNOWS_PROTOCOL_ONLY", "dev.skep.persistence.x", "dev.skep.chain.x"),
          uses("QUEEN_AND_KING_NEVER_MEET", "dev.skep.queen.x", "dev.skep.king.x"),
          uses("KING_NEVER_SEES_QUEEN", "dev.skep.king.x", "dev.skep.queen.x"),
          uses("PROVIDER_NEVER_SEES_ROWS", "dev.skep.provider.x", "dev.skep.persistence.x"),
          uses("QUEEN_READS_NO_CHAIN", "dev.skep.queen.x", "dev.skep.chain.rpc"),
          uses("WEB3J_LIVES_IN_CHAIN", "dev.skep.king.x", "org.web3j.x"),
          uses("DOCKER_LIVES_IN_DOCKER", "dev.skep.provider.slot", "com.github.dockerjava.x"),
          uses("OSHI_LIVES_IN_HARDWARE", "dev.skep.provider.cli", "oshi.x"),
          uses("GRIZZLY_LIVES_IN_HANGUP", "dev.skep.queen.job", "org.glassfish.grizzly.x"),
          uses("PICOCLI_LIVES_IN_CLI", "dev.skep.provider.slot", "picocli.x"),
          uses("JPA_LIVES_WITH_ROWS", "dev.skep.provider.x", "jakarta.persistence.x"),
          uses("OPENMQ_LIVES_IN_JMS", "dev.skep.queen.dispatch", "com.sun.messaging.x"),
          Map.entry(
              "NO_WEB3J_MANAGERS",
              new String[] {
                "package org.web3j.tx; public class PlantedManager {}",
                "package dev.skep.chain.rpc; class A { org.web3j.tx.PlantedManager b; }"
              }),
          body("NO_SLEEPING", "try { Thread.sleep(1L); } catch (InterruptedException e) {}"),
          body("NO_STACK_TRACES_ON_THE_CONSOLE", "new RuntimeException().printStackTrace();"),
          body("CONSOLE_BELONGS_TO_THE_CLI", "System.out.println();"),
          entity("ENTITIES_LIVE_IN_PERSISTENCE", "dev.skep.queen.x", "protected A() {}"),
          entity("ENTITIES_HAVE_A_VERSION", "dev.skep.persistence.x", "protected A() {}"),
          entity("ENTITIES_ARE_MADE_WHOLE", "dev.skep.persistence.x", "public A() {}"),
          entity("ENTITIES_HAVE_NO_PUBLIC_SETTERS", "dev.skep.persistence.x", "public void a() {}"),
          entity(
              "ENUMS_ARE_WRITTEN_AS_WORDS",
              "dev.skep.persistence.x",
              "@jakarta.persistence.Enumerated Thread.State a;"),
          Map.entry(
              "NO_DRAWERS", new String[] {"package dev.skep.queen.util; public class Drawer {}"}));

  private PlantedViolations() {}

  static String[] of(String rule) {
    String[] sources = SOURCES.get(rule);
    if (sources == null) {
      throw new IllegalStateException("rule " + rule + " has no planted violation");
    }
    return sources;
  }

  private static Map.Entry<String, String[]> uses(String rule, String from, String to) {
    return Map.entry(
        rule,
        new String[] {
          "package " + to + "; public class Target {}",
          "package " + from + "; class Source { " + to + ".Target target; }"
        });
  }

  private static Map.Entry<String, String[]> entity(String rule, String in, String member) {
    return Map.entry(
        rule,
        new String[] {
          "package " + in + "; @jakarta.persistence.Entity public class A { " + member + " }"
        });
  }

  private static Map.Entry<String, String[]> body(String rule, String statement) {
    return Map.entry(
        rule,
        new String[] {"package dev.skep.queen.x; class A { void a() { " + statement + " } }"});
  }
}
