package dev.muster.launcher.report;

import dev.muster.launcher.report.Minions.Dot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Dots to draw. Of those that would lie on the same spot of the picture the slowest alone is drawn, so that a hundred
 * thousand look as if all were there, and the page stays small and quick.
 *
 * @param seconds when each began, since the first
 * @param millis how long each took
 * @param of how many there are in all
 */
record Scatter(List<Double> seconds, List<Double> millis, int of) {
    /** The most dots; a coarser grid is taken until they are no more. */
    static final int MOST = 6_000;

    private static final int COLUMNS = 480;
    private static final int ROWS = 160;

    /** @param dots in the order of their boot, at least one */
    static Scatter of(List<Dot> dots) {
        var kept = dots;
        for (int coarser = 1; kept.size() > MOST; coarser++) {
            kept = onePerSpot(dots, COLUMNS / coarser, ROWS / coarser);
        }
        long first = dots.get(0).bootMicros();
        return new Scatter(
                kept.stream().map(dot -> (dot.bootMicros() - first) / 1e6).toList(),
                kept.stream().map(Dot::latencyMillis).toList(),
                dots.size());
    }

    private static List<Dot> onePerSpot(List<Dot> dots, int columns, int rows) {
        var span = Span.of(dots);
        Map<Long, Dot> spots = new HashMap<>();
        for (var dot : dots) {
            spots.merge(span.spot(dot, columns, rows), dot, (a, b) -> b.latencyMillis() > a.latencyMillis() ? b : a);
        }
        var kept = new ArrayList<>(spots.values());
        kept.sort((a, b) -> Long.compare(a.bootMicros(), b.bootMicros()));
        return kept;
    }

    /** The part of the plane in which the dots lie; upwards it is as the picture is, logarithmic where it can be. */
    private record Span(long first, long last, double lowest, double highest, boolean log) {
        static Span of(List<Dot> dots) {
            var millis = dots.stream().mapToDouble(Dot::latencyMillis).summaryStatistics();
            boolean log = millis.getMin() > 0;
            return new Span(
                    dots.get(0).bootMicros(),
                    dots.get(dots.size() - 1).bootMicros(),
                    log ? Math.log(millis.getMin()) : millis.getMin(),
                    log ? Math.log(millis.getMax()) : millis.getMax(),
                    log);
        }

        long spot(Dot dot, int columns, int rows) {
            double height = log ? Math.log(dot.latencyMillis()) : dot.latencyMillis();
            long column = place((double) dot.bootMicros() - first, (double) last - first, columns);
            return column * (rows + 1L) + place(height - lowest, highest - lowest, rows);
        }

        private static long place(double at, double of, int places) {
            return of <= 0 ? 0 : Math.round(at / of * (places - 1));
        }
    }
}
