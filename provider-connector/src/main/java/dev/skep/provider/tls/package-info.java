/**
 * Trust by pinned key: a TLS peer is known by the SHA-256 of its public key and by nothing else.
 */
@NullMarked
package dev.skep.provider.tls;

import org.jspecify.annotations.NullMarked;
