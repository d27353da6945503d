/**
 * Brings the database to the schema this program was built for, and makes the partitions of the
 * coming days.
 */
@NullMarked
package dev.skep.persistence.schema;

import org.jspecify.annotations.NullMarked;
