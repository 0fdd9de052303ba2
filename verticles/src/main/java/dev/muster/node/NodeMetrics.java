package dev.muster.node;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that Prometheus reads of a process: Vert.x's and the JVM's own metrics by Micrometer, and the roles' instruments
 * from the same distributions that the snapshots carry, so that nothing is recorded twice. Safe to use from any thread.
 */
public final class NodeMetrics implements AutoCloseable {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Of Micrometer's JVM metrics those whose names or units break Prometheus' rules. {@code muster_process_cpu_used_seconds}
     * says in seconds what one of them says in nanoseconds, and {@code muster_process_cpu_available_seconds} follows from
     * another.
     */
    private static final Set<String> UNLIKED = Set.of("process.cpu.time", "system.cpu.count");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private NodeMetrics() {
        registry.config().meterFilter(MeterFilter.deny(id -> UNLIKED.contains(id.getName())));
        bindJvm();
    }

    /**
     * What Vert.x would bind, but for the time of the compilers, whose unit Prometheus' rules don't allow, and the pressure on
     * the heap: that one reckons with BigDecimal, whose tables are 20 ms of every start.
     */
    private void bindJvm() {
        Stream.<MeterBinder>of(
                        new ClassLoaderMetrics(),
                        collections,
                        new JvmInfoMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    /** The metrics of a process with these instruments. */
    public static NodeMetrics create(Telemetry telemetry) {
        var metrics = new NodeMetrics();
        metrics.registry.getPrometheusRegistry().register(new TelemetryCollector(telemetry));
        return metrics;
    }

    /** Begins a Vert.x that is measured here. The options are changed. */
    public VertxBuilder vertx(VertxOptions options) {
        var measured = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setJvmMetricsEnabled(false)
                // Roles count and time the requests that they make themselves; twice is for nothing.
                .addDisabledMetricsCategory(MetricsDomain.HTTP_CLIENT)
                .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT)
                // Vert.x keeps registries by name in a static map: two in one process must not meet there.
                .setRegistryName(UUID.randomUUID().toString());
        return Vertx.builder()
                .with(options.setMetricsOptions(measured))
                .withMetrics(new MicrometerMetricsFactory(registry));
    }

    /**
     * Everything, as OpenMetrics when the client takes that, else in Prometheus' own text format. Not for an event loop.
     *
     * @param accept the request's Accept header
     */
    Page scrape(@Nullable String accept) {
        var type = accept != null && accept.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : TEXT_TYPE;
        return new Page(type, registry.scrape(type));
    }

    /** Everything in Prometheus' own text format. Not for an event loop. */
    public String text() {
        return scrape(null).body();
    }

    /** Everything as values, for who shows or sends it in another form. Not for an event loop. */
    public MetricSnapshots snapshots() {
        return registry.getPrometheusRegistry().scrape();
    }

    /** No longer hears of garbage collections. What was measured can still be read. */
    @Override
    public void close() {
        collections.close();
    }

    record Page(String contentType, String body) {}
}
