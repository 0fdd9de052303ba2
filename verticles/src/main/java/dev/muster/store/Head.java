package dev.muster.store;

/**
 * Where a stream ends.
 *
 * @param number of its last event; -1 when it never had one
 * @param first events below this number are deleted
 * @param gone whether it is deleted for good
 */
record Head(long number, long first, boolean gone) {
    static final Head NONE = new Head(-1, 0, false);

    /** Whether it has an event that is not deleted. */
    boolean exists() {
        return !gone && number >= first;
    }
}
