package dev.skep.protocol;

/** Whose fault a problem is; decides who pays and who has to act. */
public enum Fault {
  CALLER,
  JOB,
  PROVIDER,
  PLATFORM,
  CHAIN
}
