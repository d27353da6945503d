/**
 * {@code skep security}: attacks this machine's own sandbox from inside and reports what held. The
 * attacks run as an ordinary job of the runtime that strangers' jobs run in, so what is tested is
 * what is used.
 */
@NullMarked
package dev.skep.provider.security;

import org.jspecify.annotations.NullMarked;
