/**
 * The plug-in that decides who may connect to the embedded broker and what each connection may
 * touch.
 */
@NullMarked
package dev.skep.broker;

import org.jspecify.annotations.NullMarked;
