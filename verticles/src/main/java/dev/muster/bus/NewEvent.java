package dev.muster.bus;

/**
 * An event to append.
 *
 * @param id a UUID in lower case: within a stream the same id again is the same event
 * @param type what kind of event, in its sender's words
 * @param json whether the data are JSON
 * @param data as they came
 * @param metadata JSON as it came; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // immutable by convention: written once, by the parser
public record NewEvent(String id, String type, boolean json, byte[] data, byte[] metadata) {}
