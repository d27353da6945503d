package dev.skep.system.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/**
 * The only allowed arrows between modules, and who owns which technology (docs/architecture.md).
 */
final class Arrows {

  private static final String PROTOCOL = "dev.skep.protocol..";
  private static final String CHAIN = "dev.skep.chain..";
  private static final String PERSISTENCE = "dev.skep.persistence..";
  private static final String BROKER = "dev.skep.broker..";
  private static final String KING = "dev.skep.king..";
  private static final String QUEEN = "dev.skep.queen..";
  private static final String PROVIDER = "dev.skep.provider..";

  private Arrows() {}

  static final ArchRule PROTOCOL_IS_PLAIN =
      classes()
          .that()
          .resideInAPackage(PROTOCOL)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              PROTOCOL, "java..", "javax.crypto..", "jakarta.json..", "org.jspecify..")
          .because("every other module and every provider carries protocol");

  static final ArchRule CHAIN_KNOWS_PROTOCOL_ONLY =
      noClasses()
          .that()
          .resideInAPackage(CHAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PERSISTENCE, BROKER, KING, QUEEN, PROVIDER)
          .because("the chain is a port, not a place for rows or dispatch");

  static final ArchRule PERSISTENCE_KNOWS_PROTOCOL_ONLY =
      noClasses()
          .that()
          .resideInAPackage(PERSISTENCE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CHAIN, BROKER, KING, QUEEN, PROVIDER)
          .because("queen and king meet in rows, and rows know neither");

  static final ArchRule QUEEN_AND_KING_NEVER_MEET =
      noClasses()
          .that()
          .resideInAPackage(QUEEN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(KING, PROVIDER)
          .because("they meet in rows and after-commit events");

  static final ArchRule KING_NEVER_SEES_QUEEN =
      noClasses()
          .that()
          .resideInAPackage(KING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(QUEEN, PROVIDER, BROKER)
          .because("the king also runs alone, without outside listeners");

  static final ArchRule PROVIDER_NEVER_SEES_ROWS =
      noClasses()
          .that()
          .resideInAPackage(PROVIDER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PERSISTENCE, QUEEN, KING, BROKER)
          .because("the connector runs on a stranger's machine");

  static final ArchRule QUEEN_READS_NO_CHAIN =
      noClasses()
          .that()
          .resideInAPackage(QUEEN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.skep.chain.ledger..",
              "dev.skep.chain.rpc..",
              "dev.skep.chain.wallet..",
              "dev.skep.chain.typed..")
          .because("the queen holds no key and makes no RPC call: identity and proof are pure");

  static final ArchRule WEB3J_LIVES_IN_CHAIN = owns("org.web3j..", CHAIN);
  static final ArchRule DOCKER_LIVES_IN_DOCKER =
      owns("com.github.dockerjava..", "dev.skep.provider.docker..");
  static final ArchRule OSHI_LIVES_IN_HARDWARE = owns("oshi..", "dev.skep.provider.hardware..");
  static final ArchRule GRIZZLY_LIVES_IN_HANGUP =
      owns("org.glassfish.grizzly..", "dev.skep.queen.hangup..");
  static final ArchRule PICOCLI_LIVES_IN_CLI = owns("picocli..", "dev.skep.provider.cli..");
  static final ArchRule JPA_LIVES_WITH_ROWS =
      noClasses()
          .that()
          .resideOutsideOfPackages(PERSISTENCE, QUEEN, KING)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.persistence..")
          .because("only the server has a database");
  static final ArchRule OPENMQ_LIVES_IN_JMS =
      noClasses()
          .that()
          .resideOutsideOfPackages("..jms..", BROKER, "com.sun.messaging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.sun.messaging..", "jakarta.jms..")
          .because("the transport is an adapter");

  static final ArchRule NO_WEB3J_MANAGERS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("org\\.web3j\\.tx\\..*(Manager|ManagedTransaction|Contract)")
          .because("they block, guess nonces, and some sign without a chain id");

  static final ArchRule NO_SLEEPING =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.skep.persistence.ledger.LedgerWriter")
          .should()
          .callMethodWhere(target(name("sleep")))
          .because(
              "wait for a condition or a timer; only the writer pauses, while the database is away");

  static final ArchRule NO_STACK_TRACES_ON_THE_CONSOLE =
      noClasses()
          .should()
          .callMethodWhere(target(name("printStackTrace")))
          .because("a failure is recorded or thrown");

  static final ArchRule CONSOLE_BELONGS_TO_THE_CLI =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.skep.provider.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("servers log; only the command line talks");

  static final ArchRule NO_DRAWERS =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..utils..",
              "..common..",
              "..helper..",
              "..impl..",
              "..dto..",
              "..manager..")
          .because("packages are named by feature, in the words of the glossary");

  private static ArchRule owns(String technology, String owner) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(owner)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology)
        .because(owner + " owns " + technology);
  }
}
