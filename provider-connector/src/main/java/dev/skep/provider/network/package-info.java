/**
 * What of the network a stranger's job may reach: the provider's own policy, the pool's list of
 * places resolved to addresses, and the firewall rules and host names that follow from both. Knows
 * nothing of containers.
 */
@NullMarked
package dev.skep.provider.network;

import org.jspecify.annotations.NullMarked;
