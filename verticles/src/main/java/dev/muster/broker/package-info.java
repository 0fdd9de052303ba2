/**
 * The broker holds the connections of engines: it registers them, takes their heartbeats, and tells them to work or to
 * end. Each event loop owns its connections; what all of them share is the registry of engines. The protocol is in
 * {@code docs/protocol.md}.
 */
@NullMarked
package dev.muster.broker;

import org.jspecify.annotations.NullMarked;
