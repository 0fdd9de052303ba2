package dev.muster.broker;

/**
 * Bytes that belong to no message. A run of them is told when it begins and again for every so many, so that however it
 * is split the same is told, and a stream without end is told without end.
 */
final class Dropped {
    private static final int TOLD_EVERY = 256;

    private final Input input;
    private int run;

    Dropped(Input input) {
        this.input = input;
    }

    void drop(int bytes) {
        if (run == 0 && bytes > 0) {
            input.malformed();
        }
        for (int told = (run + bytes) / TOLD_EVERY - run / TOLD_EVERY; told > 0 && input.isOpen(); told--) {
            input.malformed();
        }
        // Neither zero, which begins a run, nor ever too large.
        run = (run + bytes) % TOLD_EVERY + (run + bytes >= TOLD_EVERY ? TOLD_EVERY : 0);
    }

    void end() {
        run = 0;
    }
}
