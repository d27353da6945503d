/**
 * Attacks on the broker from outside, over its public TLS port, in a real server with the plug-in.
 * Each runs twice: without the guard, where it must succeed, and with it, where it must fail.
 */
package dev.skep.system.broker;
