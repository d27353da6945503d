/**
 * What a queen offers as the connector to download and how a connector names itself: versions,
 * manifests and their signatures.
 */
@NullMarked
package dev.skep.protocol.release;

import org.jspecify.annotations.NullMarked;
