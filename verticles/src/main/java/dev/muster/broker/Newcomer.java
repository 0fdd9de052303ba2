package dev.muster.broker;

/**
 * An engine that wants to register.
 *
 * @param version of the protocol
 * @param last number that it has sent
 * @param token counts only with {@code hasToken}
 */
@SuppressWarnings("ArrayRecordComponent") // the id's bytes, kept as they came
record Newcomer(int version, byte[] id, long last, boolean hasToken, long token) {}
