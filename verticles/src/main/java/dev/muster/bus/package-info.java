/**
 * Every address and message of the event bus, in one place. Messages are records: passed by reference inside a process,
 * JSON between processes. The bus delivers at most once, so every message that must not be lost is a request with a
 * reply, a time-out and a {@link dev.muster.bus.Failure}.
 */
@NullMarked
package dev.muster.bus;

import org.jspecify.annotations.NullMarked;
