package dev.muster.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The experiments that can be run, each with all that it takes to ask for a run and to draw it.
 *
 * @param experiments in the order in which to show them
 * @param results the folder in which the runs' results are, as a command line would name it
 */
public record KnownExperiments(List<Experiment> experiments, String results) implements Message {
    public KnownExperiments {
        experiments = List.copyOf(experiments);
    }

    /**
     * One.
     *
     * @param name the word behind {@code run}
     * @param question that it answers
     * @param parameters what can be set, the experiment's own first
     * @param metrics of its result, in the order in which a result shows them
     * @param panels its main picture, from top to bottom
     */
    public record Experiment(
            String name, String question, List<Parameter> parameters, List<Metric> metrics, List<Panel> panels) {}

    /**
     * What can be set.
     *
     * @param name as on the command line, without dashes
     * @param kind one of whole-number, duration, flag, word and text
     * @param words what a word may be
     * @param least the smallest value as a user writes it; null without a bound
     * @param most the largest
     * @param fallback what it is when not given; empty for nothing
     * @param help one sentence or two
     * @param common whether every experiment has it
     * @param secret whether its value is to be seen by nobody: not on a screen, an address or a command line
     */
    public record Parameter(
            String name,
            String kind,
            List<String> words,
            @Nullable String least,
            @Nullable String most,
            String fallback,
            String help,
            boolean common,
            boolean secret) {}

    /**
     * A metric of the result.
     *
     * @param unit behind a number; empty for a count
     * @param distribution whether it has percentiles
     * @param better {@code lower}, {@code higher} or {@code neither}
     */
    public record Metric(String id, String unit, boolean distribution, String better, String help) {}

    /**
     * One chart over time.
     *
     * @param unit of the values; empty for counts
     */
    public record Panel(String title, String unit, List<Line> lines) {}

    /**
     * One line of a chart.
     *
     * @param metric by the collector's name; of {@code processes} a role
     * @param what of it: {@code total}, {@code rate}, {@code gauge}, {@code p50}, {@code p99}, or {@code processes}, how
     *     many of the role are heard of
     * @param style how it is drawn: {@code main}, {@code intended}, {@code other} or {@code further}
     * @param scale by which its values are to be multiplied to be in the panel's unit; percentiles carry their own unit
     * @param absent what to say in its place as long as nobody tells of it, where only some runs have it; else empty
     */
    public record Line(String label, String metric, String what, String style, double scale, String absent) {}
}
