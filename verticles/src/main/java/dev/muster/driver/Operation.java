package dev.muster.driver;

/**
 * Something to be done to an object.
 *
 * @param number of the object, from 0
 * @param intended when, of {@link System#nanoTime}: latency counts from here
 */
record Operation(Verb verb, long number, long intended) {}
