package dev.skep.king.settlement;

import dev.skep.chain.ledger.LedgerChain;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Kills the king at one chosen point: before or after any commit, any statement and any call to the
 * chain.
 */
final class Sabotage {
  /** Not an exception, so that no boundary of ours takes it for one. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final Set<String> POINTS = Set.of("commit", "prepareStatement");

  private final int crashAt;
  private int passed;

  Sabotage(int crashAt) {
    this.crashAt = crashAt;
  }

  /** Whether the chosen point lies beyond everything the king did. */
  boolean missed() {
    return passed < crashAt;
  }

  DataSource of(DataSource source) {
    return proxy(DataSource.class, source, false);
  }

  LedgerChain of(LedgerChain chain) {
    return proxy(LedgerChain.class, chain, true);
  }

  private void point() {
    if (++passed == crashAt) {
      throw new Crash();
    }
  }

  private <T> T proxy(Class<T> type, T target, boolean everyCall) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              boolean counts = everyCall || POINTS.contains(method.getName());
              if (counts) {
                point();
              }
              Object result = call(target, method, arguments);
              if (counts) {
                point();
              }
              return result instanceof Connection connection
                  ? proxy(Connection.class, connection, false)
                  : result;
            }));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
