/** The commands that make a connector a service of its user. */
@NullMarked
package dev.skep.provider.cli.service;

import org.jspecify.annotations.NullMarked;
