package dev.muster.streams;

import java.util.Arrays;

/** Which faults began and when, in the order in which they did, each once. For one thread. */
final class Windows {
    private int[] numbers = {};
    private long[] begins = {};

    /** A fault begins; a second word of the same one changes nothing. */
    boolean begin(int number, long now) {
        for (int known : numbers) {
            if (known == number) {
                return false;
            }
        }
        numbers = Arrays.copyOf(numbers, numbers.length + 1);
        begins = Arrays.copyOf(begins, begins.length + 1);
        numbers[numbers.length - 1] = number;
        begins[begins.length - 1] = now;
        return true;
    }

    int count() {
        return numbers.length;
    }

    /** When one began, by {@link System#nanoTime}. */
    long began(int window) {
        return begins[window];
    }

    /** What the run calls it. */
    int number(int window) {
        return numbers[window];
    }
}
