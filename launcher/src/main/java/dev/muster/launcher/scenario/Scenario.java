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
 */
public record Scenario(String experiment, Map<String, String> texts, List<Written> values, List<Line> thresholds) {
    public Scenario {
        texts = Map.copyOf(texts);
        values = List.copyOf(values);
        thresholds = List.copyOf(thresholds);
    }

    /**
     * A threshold.
     *
     * @param origin who asks: {@code scenario}, {@code command line}
     * @param label how an error names it, with its line in a file
     */
    public record Line(String text, String origin, String label) {}
}
