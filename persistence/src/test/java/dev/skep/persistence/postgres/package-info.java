/** A real PostgreSQL for tests. */
package dev.skep.persistence.postgres;
