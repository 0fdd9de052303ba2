package dev.muster.launcher.run;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The last values of a series as a line of bars, from 0 or the smallest to the largest. For one thread. */
final class Sparkline {
    private static final int WIDTH = 32;
    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String PLAIN = "_.-=+*%#";

    private final Deque<Double> values = new ArrayDeque<>();
    private final String bars;

    /** @param blocks whether the terminal shows Unicode's block elements */
    Sparkline(boolean blocks) {
        bars = blocks ? BLOCKS : PLAIN;
    }

    /** One more value; null where nothing was measured, which shows as a gap and not as zero. */
    void add(@Nullable Double value) {
        values.addLast(value == null ? Double.NaN : value);
        if (values.size() > WIDTH) {
            values.removeFirst();
        }
    }

    /** Whether nothing was measured in all of the time that it shows. */
    boolean isBlank() {
        return values.stream().allMatch(value -> value.isNaN());
    }

    @Override
    public String toString() {
        var known = values.stream()
                .filter(value -> !value.isNaN())
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        double low = Math.min(0, known.getMin());
        double span = known.getMax() - low;
        var text = new StringBuilder();
        for (var value : values) {
            text.append(value.isNaN() ? ' ' : bars.charAt(place(span <= 0 ? 0 : (value - low) / span)));
        }
        return text.toString();
    }

    private int place(double share) {
        return (int) Math.round(share * (bars.length() - 1));
    }
}
