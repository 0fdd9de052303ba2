package dev.muster.blocks;

import dev.muster.bus.BusCodecs;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.node.NodeMetrics;
import dev.muster.testing.TestNode;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;

/** The role in this process, with its real verticles, on any free ports. */
final class RunningBlocks implements AutoCloseable {
    final Node node = TestNode.of(new Identity("test", "1", "test", "blocks"));
    final Vertx vertx;
    private final NodeMetrics metrics = NodeMetrics.create(node.telemetry());

    private RunningBlocks() {
        vertx = metrics.vertx(new VertxOptions().setPreferNativeTransport(true)).build();
        BusCodecs.register(vertx.eventBus());
    }

    /** With options as on the command line. */
    static BlocksOptions options(String... given) {
        var all = new ArrayList<>(List.of("--blocks-port=0", "--blocks-plain-port=0"));
        all.addAll(List.of(given));
        var command = new CommandLine(BlocksOptions.class)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .registerConverter(Duration.class, RunningBlocks::duration);
        command.parseArgs(all.toArray(String[]::new));
        return command.getCommand();
    }

    private static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }

    static RunningBlocks start(String... given) throws TimeoutException {
        return start(Map.of(), given);
    }

    static RunningBlocks start(Map<String, String> environment, String... given) throws TimeoutException {
        var running = new RunningBlocks();
        for (var deployment : Blocks.deployments(options(given), running.node, environment)) {
            running.vertx
                    .deployVerticle(deployment.verticle(), new DeploymentOptions().setInstances(deployment.instances()))
                    .await(30, TimeUnit.SECONDS);
        }
        return running;
    }

    /** Of the TLS port. */
    URI tls() {
        return URI.create(node.endpoints().url("blocks").orElseThrow());
    }

    /** Of the port without TLS. */
    URI plain() {
        return URI.create(node.endpoints().url("blocks-h2c").orElseThrow());
    }

    /** A counter's or a gauge's value, by the name that Prometheus knows, without a counter's ending. */
    long value(String name) {
        return metrics.snapshots().stream()
                .filter(each -> each.getMetadata().getName().equals("muster_blocks_" + name))
                .flatMap(each -> each.getDataPoints().stream())
                .mapToLong(point -> (long)
                        (point instanceof CounterDataPointSnapshot counter
                                ? counter.getValue()
                                : ((GaugeDataPointSnapshot) point).getValue()))
                .sum();
    }

    /** How many samples a distribution has. */
    long samples(String name) {
        return metrics.snapshots().stream()
                .filter(each -> each.getMetadata().getName().equals("muster_blocks_" + name + "_seconds"))
                .flatMap(each -> each.getDataPoints().stream())
                .mapToLong(point -> {
                    var buckets = ((HistogramDataPointSnapshot) point).getClassicBuckets();
                    return buckets.stream()
                            .mapToLong(bucket -> bucket.getCount())
                            .sum();
                })
                .sum();
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
