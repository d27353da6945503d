/**
 * {@code skep doctor}: looks at everything a provider needs, one check after the other, and says of
 * each what it found and what to do. No check changes anything that stays.
 */
@NullMarked
package dev.skep.provider.doctor;

import org.jspecify.annotations.NullMarked;
