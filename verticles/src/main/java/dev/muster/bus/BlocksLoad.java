package dev.muster.bus;

import org.jspecify.annotations.Nullable;

/**
 * Tells a client of blocks to send requests for a while (admin). Connections, requests at a time and windows are those
 * that the client was started with.
 *
 * @param credential proves that the sender may
 * @param upload which way the blocks go, seen from the client
 * @param size bytes of a block
 * @param periodMicros one block each period; 0: as fast as it goes
 * @param perRequest blocks of a request
 * @param fixed exactly that many; otherwise up to twice as many less one, at random
 * @param durationMillis how long; what is under way then is cut off
 * @param rate an open loop of so many requests a second; null: a closed loop
 */
public record BlocksLoad(
        Credential credential,
        boolean upload,
        long size,
        long periodMicros,
        long perRequest,
        boolean fixed,
        long durationMillis,
        @Nullable Double rate)
        implements Message {}
