package dev.muster.streams;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A stream's name, a random UUID. Its events' ids follow from it, so that nobody needs to remember them: the n-th one's
 * is n + 1 higher.
 */
record StreamId(long high, long low) {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Characters of a UUID. */
    static final int LENGTH = 36;

    static StreamId random(SplittableRandom random) {
        // Version 4, variant 1, as RFC 9562 has it.
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~0xC000_0000_0000_0000L) | 0x8000_0000_0000_0000L;
        return new StreamId(high, low);
    }

    /** The id of an event. */
    StreamId event(int number) {
        return new StreamId(high, low + number + 1);
    }

    /** Which of its events has this id; -1 when none can have it. */
    int number(String id) {
        try {
            var event = UUID.fromString(id);
            long number = event.getLeastSignificantBits() - low - 1;
            boolean mine = event.getMostSignificantBits() == high && number >= 0 && number < Integer.MAX_VALUE;
            return mine ? (int) number : -1;
        } catch (IllegalArgumentException noUuid) {
            return -1;
        }
    }

    /** Writes it as text. */
    void write(byte[] into, int at) {
        int place = at;
        for (int digit = 0; digit < 32; digit++) {
            if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
                into[place++] = '-';
            }
            long half = digit < 16 ? high : low;
            into[place++] = HEX[(int) ((half >>> (60 - 4 * (digit & 15))) & 15)];
        }
    }

    @Override
    public String toString() {
        return new UUID(high, low).toString();
    }
}
