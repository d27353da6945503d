package dev.skep.system.broker;

/** One session at the broker, as its connector knows it. */
record Provider(String session, String user, String token, String inbox) {}
