/**
 * The role {@code store}: a stand-in for an event store with an AtomPub interface, to try out and to test with. Appends
 * to the same stream are judged one after another, those of different streams are committed together, and the database's
 * primary key decides between several stores.
 */
@NullMarked
package dev.muster.store;

import org.jspecify.annotations.NullMarked;
