package dev.skep.queen.finite;

/**
 * How far a pool's inputs are worked through without a gap.
 *
 * @param number every input up to this one has ended; they are counted from 1
 * @param nextByte where the next one begins in the file
 * @param perSecond how fast inputs ended of late
 */
record FeedMark(int number, long nextByte, double perSecond) {}
