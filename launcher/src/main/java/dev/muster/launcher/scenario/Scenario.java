package dev.muster.launcher.scenario;

import dev.muster.launcher.options.Written;
import java.util.List;
import java.util.Map;

/**
 * What a file, or {@code --set}, says of a run, as text.
 *
 * @param experiment which; empty when it is not told, or not known
 * @param texts {@code name} and {@code description}, where given
 * @param values of options
 * @param thresholds in their order
 * @param targets what is to be compared, in their order; empty for a run alone
 */
public record Scenario(
        String experiment,
        Map<String, String> texts,
        List<Written> values,
        List<Line> thresholds,
        List<Target> targets) {
    public Scenario {
        texts = Map.copyOf(texts);
        values = List.copyOf(values);
        thresholds = List.copyOf(thresholds);
        targets = List.copyOf(targets);
    }

    /** Of a run alone. */
    public Scenario(String experiment, Map<String, String> texts, List<Written> values, List<Line> thresholds) {
        this(experiment, texts, values, thresholds, List.of());
    }

    /**
     * One of several things that the same scenario is run against.
     *
     * @param name of its own among them
     * @param values of options, which tell it from the others
     */
    public record Target(String name, List<Written> values) {
        public Target {
            values = List.copyOf(values);
        }
    }

    /**
     * A threshold.
     *
     * @param origin who asks: {@code scenario}, {@code command line}
     * @param label how an error names it, with its line in a file
     */
    public record Line(String text, String origin, String label) {}
}
