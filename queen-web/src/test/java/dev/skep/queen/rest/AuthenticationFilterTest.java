package dev.skep.queen.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.protocol.SkepException;
import dev.skep.protocol.wallet.WalletAddress;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthenticationFilterTest {
  private static final Caller CLIENT = caller(Role.CLIENT);
  private static final Caller OPERATOR = caller(Role.CLIENT, Role.OPERATOR);

  @Anyone
  static class Sample {
    public void open() {}

    @Authenticated
    public void signedIn() {}

    @Authenticated(Role.OPERATOR)
    public void operators() {}
  }

  static class Forgotten {
    public void unannotated() {}
  }

  @Test
  void shouldLetAnyonePassWhenPermitted() {
    assertThatCode(() -> check(Sample.class, "open", null)).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseStrangersWhenSignInIsNeeded() {
    assertThat(refusal(Sample.class, "signedIn", null)).isEqualTo("not-signed-in");
    assertThatCode(() -> check(Sample.class, "signedIn", CLIENT)).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseOtherRoles() {
    assertThat(refusal(Sample.class, "operators", CLIENT)).isEqualTo("role-missing");
    assertThatCode(() -> check(Sample.class, "operators", OPERATOR)).doesNotThrowAnyException();
  }

  @Test
  void shouldDenyWhenNobodyAnnotatedTheMethod() {
    assertThat(refusal(Forgotten.class, "unannotated", null)).isEqualTo("not-signed-in");
  }

  private static String refusal(Class<?> type, String method, Caller caller) {
    SkepException refused =
        catchThrowableOfType(SkepException.class, () -> check(type, method, caller));
    return refused.code();
  }

  private static void check(Class<?> type, String name, Caller caller) throws Exception {
    Method method = type.getDeclaredMethod(name);
    AuthenticationFilter.check(method, Optional.ofNullable(caller));
  }

  private static Caller caller(Role... roles) {
    WalletAddress address = WalletAddress.parse("0x" + "1".repeat(40));
    return new Caller(address, Set.of(roles), new UUID(0, 1));
  }
}
