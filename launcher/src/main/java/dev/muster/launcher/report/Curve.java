package dev.muster.launcher.report;

import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * A distribution on HdrHistogram's scale: the value of each percentile p over 1 / (1 - p), so that each step of ten adds a
 * nine. It ends where the samples do.
 *
 * @param over 1 / (1 - p), ascending from 1
 * @param values the percentile's value: nearest rank
 */
record Curve(List<Double> over, List<Double> values) {
    private static final int STEPS_PER_TEN = 16;

    static Curve of(Unit unit, Distribution samples) {
        var over = new ArrayList<Double>();
        var values = new ArrayList<Double>();
        double count = samples.count();
        int steps = count == 0 ? 0 : (int) Math.ceil(STEPS_PER_TEN * Math.log10(count));
        for (int step = 0; step < steps; step++) {
            double x = rounded(Math.pow(10, (double) step / STEPS_PER_TEN));
            over.add(x);
            values.add(Track.shown(unit, (double) samples.percentile(100 * (1 - 1 / x))));
        }
        if (count > 0) {
            over.add(count);
            values.add(Track.shown(unit, (double) samples.max()));
        }
        return new Curve(over, values);
    }

    /** So that repetitions share their points, and the page stays small. */
    private static double rounded(double x) {
        return Math.round(x * 1e4) / 1e4;
    }
}
