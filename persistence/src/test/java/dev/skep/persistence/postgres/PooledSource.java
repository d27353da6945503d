package dev.skep.persistence.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;

/**
 * Gives closed connections out again, as the server's pool does, and like it does not clean up
 * after anyone.
 */
public final class PooledSource {
  private final DataSource source;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  private PooledSource(DataSource source) {
    this.source = source;
  }

  public static DataSource of(DataSource source) {
    PooledSource pool = new PooledSource(source);
    return proxy(
        DataSource.class,
        (self, method, arguments) ->
            method.getName().equals("getConnection")
                ? pool.lend()
                : call(source, method, arguments));
  }

  private Connection lend() throws SQLException {
    Connection free = idle.poll();
    Connection connection = free == null ? source.getConnection() : free;
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (method.getName().equals("close")) {
            idle.add(connection);
            return null;
          }
          return call(connection, method, arguments);
        });
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
