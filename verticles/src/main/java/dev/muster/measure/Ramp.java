package dev.muster.measure;

/**
 * A rate that changes linearly from {@code from} to {@code to} within {@code seconds}, then stays: by the time t there
 * have been {@code from t + (to - from) t^2 / (2 seconds)} arrivals. Solved for t.
 */
record Ramp(double from, double to, double seconds) {

    /** When arrival number {@code index} is due; infinite when the ramp ends at rate 0 before it. */
    double secondsAt(long index) {
        if (index == 0) {
            return 0;
        }
        double arrivalsInRamp = (from + to) / 2 * seconds;
        if (index >= arrivalsInRamp) {
            return index == arrivalsInRamp ? seconds : seconds + (index - arrivalsInRamp) / to;
        }
        // The root of the quadratic in the form that has no difference of nearly equal numbers when the ramp is flat.
        double discriminant = from * from + 2 * (to - from) / seconds * index;
        return 2 * index / (from + Math.sqrt(Math.max(0, discriminant)));
    }
}
