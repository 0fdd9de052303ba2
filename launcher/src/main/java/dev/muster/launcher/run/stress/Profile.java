package dev.muster.launcher.run.stress;

/**
 * How many cores all pods together are asked for, over time.
 *
 * @param base cores at the least
 * @param top cores at the most
 * @param seconds how long it is
 * @param steps of {@link Shape#STEPS}
 * @param period of {@link Shape#SINE}, in seconds
 */
record Profile(Shape shape, double base, double top, double seconds, int steps, double period) {
    /** Its form. */
    enum Shape {
        /** Up in equal steps, each held for the same time. */
        STEPS,
        /** Evenly up for the first half, and down for the second. */
        RAMP,
        /** Up and down as a sine, beginning at the base. */
        SINE,
        /** No load of the run's own: requests to /cpu, and one to /stress in the middle. */
        BALANCE
    }

    /** Cores at so many seconds from its begin. */
    double at(double time) {
        if (time < 0 || time >= seconds) {
            return 0;
        }
        double share =
                switch (shape) {
                    case STEPS -> (Math.floor(time / seconds * steps) + 1) / steps;
                    case RAMP -> 1 - Math.abs(2 * time / seconds - 1);
                    case SINE -> (1 - Math.cos(2 * Math.PI * time / period)) / 2;
                    case BALANCE -> 0;
                };
        return shape == Shape.BALANCE ? 0 : base + (top - base) * share;
    }
}
