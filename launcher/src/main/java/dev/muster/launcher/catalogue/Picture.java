package dev.muster.launcher.catalogue;

import dev.muster.bus.Percentiles;
import dev.muster.bus.Stats;
import dev.muster.kube.PodGauge;
import dev.muster.measure.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to look at while an experiment goes on: its charts over time, from top to bottom. The console's page and the table
 * on a terminal show the same.
 */
public record Picture(List<Panel> panels) {
    private static final double CORES_PER_NANO = 1e-9;

    /** A local run's minions are no pods, and what pods do before they register only the API knows. */
    private static final String NO_API = "no API is watched";

    private static final String NOT_OF_PODS = "not known of pods";

    /** One chart; its values have one unit, times are in milliseconds. */
    public record Panel(String title, String unit, List<Line> lines) {}

    /**
     * One line of a chart.
     *
     * @param metric by the collector's name; of {@link What#PROCESSES} a role
     * @param style how the page draws it; no two of a panel have the same
     * @param scale from the metric's unit to the panel's; percentiles know their own unit
     * @param absent what stands in its place as long as nobody tells of it, where only some runs have it; else empty
     */
    public record Line(String label, String metric, What what, Style style, double scale, String absent) {
        /** What the panel is about, and every run of the experiment has. */
        public Line(String label, String metric, What what, double scale) {
            this(label, metric, what, Style.MAIN, scale, "");
        }

        Line as(Style other) {
            return new Line(label, metric, what, other, scale, absent);
        }

        Line orSay(String words) {
            return new Line(label, metric, what, style, scale, words);
        }

        /** Its value in the last second, in the panel's unit; null where nothing was measured. */
        public @Nullable Double read(Stats stats) {
            return switch (what) {
                case TOTAL -> scaled(stats.counters().get(metric));
                case RATE -> stats.timeline().isEmpty() ? null : rate(last(stats));
                case GAUGE -> scaled(stats.gauges().get(metric));
                case PROCESSES -> processes(stats);
                case P50, P99 -> stats.timeline().isEmpty() ? null : percentile(last(stats));
            };
        }

        private static Stats.Point last(Stats stats) {
            return stats.timeline().get(stats.timeline().size() - 1);
        }

        private @Nullable Double scaled(@Nullable Number value) {
            return value == null ? null : (Double) (value.doubleValue() * scale);
        }

        private Double rate(Stats.Point second) {
            return second.counters().getOrDefault(metric, 0L) * scale;
        }

        private Double processes(Stats stats) {
            return (double) stats.instances().stream()
                    .filter(each -> !each.silent())
                    .filter(each -> List.of(each.roles().split(",", -1)).contains(metric))
                    .count();
        }

        private @Nullable Double percentile(Stats.Point second) {
            var samples = second.distributions().get(metric);
            if (samples == null) {
                return null;
            }
            var value = what == What.P50 ? samples.p50() : enough(samples);
            var unit = Unit.ofSymbol(samples.unit());
            return value == null ? null : (Double) unit.to(unit.shown(), value);
        }

        /** Of a second with few samples the largest one stands for p99: it is never below it. */
        private static @Nullable Double enough(Percentiles samples) {
            return samples.p99() == null ? samples.max() : samples.p99();
        }
    }

    /** What of a metric is shown. */
    public enum What {
        /** A counter since the load began. */
        TOTAL,
        /** A counter's growth in a second. */
        RATE,
        /** A gauge, of all processes added up. */
        GAUGE,
        /** The median of a second's samples. */
        P50,
        /** The 99th percentile of a second's samples, or their maximum when they are too few for it. */
        P99,
        /** How many processes with a role are heard of. */
        PROCESSES
    }

    /** What a line is to its panel, which decides how it looks. The most important one is what was measured. */
    public enum Style {
        /** What the panel is about. */
        MAIN,
        /** What was wanted: behind the others, and dashed. */
        INTENDED,
        /** What stands beside it, in a colour of its own. */
        OTHER,
        /** What comes of {@link #OTHER}: in its colour, and dotted. */
        FURTHER
    }

    /** That of an experiment; an empty one for an experiment that this Muster does not know. */
    public static Picture of(String experiment) {
        return new Picture(
                switch (experiment) {
                    case "boot" -> boot();
                    case "connections" -> connections();
                    case "api" -> api();
                    case "stress" -> stress();
                    case "streams" -> streams();
                    case "blocks" -> blocks();
                    default -> List.of();
                });
    }

    private static List<Panel> boot() {
        return List.of(
                panel(
                        "Pods",
                        "",
                        total("begun", "minion.started").as(Style.INTENDED).orSay(NOT_OF_PODS),
                        total("registered", "master.registered"),
                        gauge("running, by the API", PodGauge.RUNNING.id())
                                .as(Style.OTHER)
                                .orSay(NO_API),
                        gauge("ready, by the API", PodGauge.READY.id())
                                .as(Style.FURTHER)
                                .orSay(NO_API)),
                latency("Registration, from the intended start", "minion.register.latency", NOT_OF_PODS),
                latency("Boot, to the arrival of the registration", "master.boot.latency"));
    }

    private static List<Panel> connections() {
        return List.of(
                panel(
                        "Engines",
                        "",
                        gauge("intended", "engine.intended").as(Style.INTENDED),
                        gauge("connected", "engine.live")),
                panel(
                        "Heartbeats",
                        "/s",
                        rate("taken by the broker", "broker.heartbeats"),
                        rate("late", "broker.heartbeats_late").as(Style.OTHER)),
                latency("Heartbeat lateness", "broker.heartbeat.lateness"));
    }

    private static List<Panel> api() {
        return List.of(
                panel(
                        "Operations",
                        "/s",
                        rate("intended", "driver.intended").as(Style.INTENDED),
                        rate("done", "driver.done"),
                        rate("failed", "driver.failed").as(Style.OTHER)),
                latency("Creating, from the intended start", "driver.create.latency"),
                latency("Watch lag", "watcher.lag"));
    }

    private static List<Panel> stress() {
        return List.of(
                panel(
                        "CPU",
                        "cores",
                        new Line("asked for", "stress.cpu.requested", What.RATE, CORES_PER_NANO).as(Style.INTENDED),
                        new Line("delivered", "stress.cpu.delivered", What.RATE, CORES_PER_NANO)),
                panel("Pods", "", new Line("that take part", "stress", What.PROCESSES, 1)));
    }

    private static List<Panel> streams() {
        return List.of(
                panel(
                        "Requests",
                        "/s",
                        rate("sent", "streams.http_reqs"),
                        rate("failed", "streams.checks.failed").as(Style.OTHER)),
                latency("Request", "streams.http_req_duration"));
    }

    private static List<Panel> blocks() {
        return List.of(
                panel(
                        "Throughput",
                        "bytes/s",
                        rate("download", "blocks.client.received"),
                        rate("upload", "blocks.server.received").as(Style.OTHER)),
                latency("Request", "blocks.client.total"));
    }

    private static Panel panel(String title, String unit, Line... lines) {
        return new Panel(title, unit, List.of(lines));
    }

    private static Panel latency(String title, String metric) {
        return latency(title, metric, "");
    }

    private static Panel latency(String title, String metric, String absent) {
        return panel(
                title,
                Unit.MILLISECONDS.symbol(),
                new Line("p50", metric, What.P50, Style.MAIN, 1, absent),
                new Line("p99", metric, What.P99, Style.OTHER, 1, absent));
    }

    private static Line total(String label, String metric) {
        return new Line(label, metric, What.TOTAL, 1);
    }

    private static Line rate(String label, String metric) {
        return new Line(label, metric, What.RATE, 1);
    }

    private static Line gauge(String label, String metric) {
        return new Line(label, metric, What.GAUGE, 1);
    }
}
