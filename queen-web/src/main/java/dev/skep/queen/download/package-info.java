/**
 * The connector as strangers get it from this queen: its jar with checksum and signature, the page
 * about it and the script that installs it.
 */
@NullMarked
package dev.skep.queen.download;

import org.jspecify.annotations.NullMarked;
