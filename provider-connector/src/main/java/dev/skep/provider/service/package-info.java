/**
 * A connector as a service of its user: a systemd user unit or a launchd agent, written, started
 * and removed without root.
 */
@NullMarked
package dev.skep.provider.service;

import org.jspecify.annotations.NullMarked;
