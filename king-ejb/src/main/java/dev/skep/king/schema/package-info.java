/**
 * Brings the database to the schema of this build before anything else of the application starts.
 */
@NullMarked
package dev.skep.king.schema;

import org.jspecify.annotations.NullMarked;
