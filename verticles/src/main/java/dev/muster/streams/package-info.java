/**
 * The role {@code streams}: virtual users who append events to an event store and read them again, over AtomPub, and
 * what they measure. Afterwards all that was acknowledged is read back.
 */
@NullMarked
package dev.muster.streams;

import org.jspecify.annotations.NullMarked;
