package dev.skep.system.inside;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Everything in the table of resources is there in the running server, and does what it is for. */
@ArquillianTest
class ResourcesIT {
  private static final Pattern NAME =
      Pattern.compile("^create-.* ((?:jdbc|jms|concurrent)/\\S+)$", Pattern.MULTILINE);

  @Test
  void shouldFindEveryResourceOfTheTable() throws Exception {
    List<String> names = namesInTheTable();

    assertThat(names).contains("jdbc/skep", "jms/skep", "jms/pull", "jms/results");
    for (String name : names) {
      assertThat(lookup(name, Object.class)).as(name).isNotNull();
    }
  }

  @Test
  void shouldReachOneDatabaseThroughBothDataSources() throws Exception {
    assertThat(query("jdbc/skep", "select current_database() || current_user"))
        .isEqualTo("skepskep");
    assertThat(query("jdbc/skep_direct", "select current_database() || current_user"))
        .isEqualTo("skepskep");
  }

  @Test
  void shouldKeepTimersInTheDatabase() throws Exception {
    assertThat(query("jdbc/skep", "select count(*) >= 0 from \"EJB__TIMER__TBL\"")).isEqualTo("t");
  }

  @Test
  void shouldLetTheQueenIntoTheBroker() throws Exception {
    ConnectionFactory factory = lookup("jms/skep", ConnectionFactory.class);
    try (JMSContext context = factory.createContext()) {
      assertThat(context.getMetaData().getJMSProviderName()).contains("MQ");
    }
    assertThat(lookup("jms/pull", Queue.class).getQueueName()).isEqualTo("skep.pull");
    assertThat(lookup("jms/results", Queue.class).getQueueName()).startsWith("skep.results.");
  }

  @Test
  void shouldRunTasksOnManagedThreads() throws Exception {
    var executor = lookup("concurrent/skep", ManagedScheduledExecutorService.class);

    assertThat(executor.submit(() -> 42).get(1, TimeUnit.MINUTES)).isEqualTo(42);
  }

  private static List<String> namesInTheTable() throws IOException {
    try (InputStream table =
        ResourcesIT.class.getClassLoader().getResourceAsStream(InsideArchive.TABLE)) {
      assertThat(table).isNotNull();
      String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return NAME.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
    }
  }

  private static String query(String dataSource, String sql) throws NamingException, SQLException {
    try (Connection connection = lookup(dataSource, DataSource.class).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @SuppressWarnings("BanJNDI") // The names come from our own table.
  private static <T> T lookup(String name, Class<T> type) throws NamingException {
    return type.cast(new InitialContext().lookup(name));
  }
}
