/**
 * Plain SQL for the queen's rows that are not written per job; features keep their statements, this
 * keeps the plumbing.
 */
@NullMarked
package dev.skep.queen.sql;

import org.jspecify.annotations.NullMarked;
