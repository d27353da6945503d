/** A queen of one servlet, deployed into a server of its own: all the attacks need of her. */
package dev.skep.system.broker.lab;
