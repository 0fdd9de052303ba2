package dev.muster.launcher.compare;

/**
 * Where the true value lies with the confidence of {@link Contrast#CONFIDENCE}.
 *
 * @param low its lower end
 * @param high its upper end
 */
record Interval(double low, double high) {}
