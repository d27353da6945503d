/** How our words are written in columns, for every entity. */
@NullMarked
package dev.skep.persistence.mapping;

import org.jspecify.annotations.NullMarked;
