package dev.skep.persistence.postgres;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/** The entities on a database of the tests, with the product's own persistence unit. */
public final class TestEntities implements AutoCloseable {
  private final EntityManagerFactory factory;

  private TestEntities(EntityManagerFactory factory) {
    this.factory = factory;
  }

  public static TestEntities of(DataSource source) {
    return new TestEntities(
        Persistence.createEntityManagerFactory(
            "skep",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource", "",
                "jakarta.persistence.nonJtaDataSource", source)));
  }

  public EntityManager open() {
    return factory.createEntityManager();
  }

  /** One transaction, committed unless the work throws. */
  public <T> T inTransaction(Function<EntityManager, T> work) {
    try (EntityManager rows = open()) {
      rows.getTransaction().begin();
      try {
        T result = work.apply(rows);
        rows.getTransaction().commit();
        return result;
      } finally {
        if (rows.getTransaction().isActive()) {
          rows.getTransaction().rollback();
        }
      }
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
