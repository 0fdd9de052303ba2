/**
 * The engine keeps a connection to a broker, sends heartbeats on it, burns CPU when it is told to, and ends when it is
 * told to. One process holds thousands of virtual engines, each with a connection of its own.
 */
@NullMarked
package dev.muster.engine;

import org.jspecify.annotations.NullMarked;
