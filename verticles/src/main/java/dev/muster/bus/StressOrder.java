package dev.muster.bus;

/**
 * A pod's part of a run's load profile (admin). It replaces the one before, and ends by itself when no further one comes.
 *
 * @param credential proves that the sender may
 * @param run whose load it is; while it lasts, no other run's is taken
 * @param kind {@code float}, {@code int}, {@code memory} or {@code sha}
 * @param cores to burn, 0 to 256, a fraction allowed; 0 ends the load
 * @param leaseMillis after which the load ends unless it is ordered anew
 */
public record StressOrder(Credential credential, String run, String kind, double cores, long leaseMillis)
        implements Message {}
