package dev.muster.informer;

import static org.awaitility.Awaitility.await;

import dev.muster.kube.KubeOptions;
import dev.muster.kube.LocalServer;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.testing.Readings;
import dev.muster.testing.TestNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionFactory;
import picocli.CommandLine;

/** An informer on an event loop of its own, with what it counts. */
final class RunningInformer implements AutoCloseable {
    static final String FABRIC8 = "--informer-engine=fabric8";
    static final String RAW = "--informer-engine=raw";
    static final String PROTOBUF = RAW + " --informer-encoding=protobuf";

    private final Vertx vertx = Vertx.vertx();
    private final Node node = TestNode.of(new Identity("one", "1", "test", "informer"));
    private final Readings readings = new Readings(node.telemetry());
    private final InformerVerticle verticle;

    /** Starts one, and waits until it hears of every change. */
    static RunningInformer start(Path kubeconfig, List<String> arguments) throws Exception {
        var all = new ArrayList<>(arguments);
        all.add("--kubeconfig=" + kubeconfig);
        var options = options(InformerOptions.class, only("--informer", all));
        var kube = options(KubeOptions.class, only("--kube", all));
        return new RunningInformer(options, kube);
    }

    /** The same, with an engine and its encoding, for the ConfigMaps with a label. */
    static RunningInformer start(LocalServer server, String engine, String label, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of(engine.split(" ")));
        arguments.add("--informer-namespace=default");
        arguments.add("--informer-selector=test=" + label);
        arguments.addAll(List.of(more));
        return start(server.kubeconfig(), arguments);
    }

    /** Waits as long as a busy machine may need. */
    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40));
    }

    private RunningInformer(InformerOptions options, KubeOptions kube) throws TimeoutException {
        verticle = new InformerVerticle(options, kube, node);
        vertx.deployVerticle(verticle).await(60, TimeUnit.SECONDS);
    }

    long count(InformerCounter counter) {
        return readings.count(counter);
    }

    long samples(InformerMetric metric) {
        return readings.samples(metric);
    }

    double sum(InformerMetric metric) {
        return readings.sum(metric);
    }

    String scrape() {
        return readings.scrape();
    }

    /** The resource version of each object that it knows, by its key. */
    Map<String, String> versions() throws TimeoutException {
        return verticle.versions().await(30, TimeUnit.SECONDS);
    }

    private static String[] only(String prefix, List<String> arguments) {
        return arguments.stream().filter(each -> each.startsWith(prefix)).toArray(String[]::new);
    }

    static <T> T options(Class<T> type, String... arguments) {
        var line = new CommandLine(type)
                .registerConverter(Duration.class, text -> Duration.parse("PT" + text))
                .setCaseInsensitiveEnumValuesAllowed(true);
        line.parseArgs(arguments);
        return type.cast(line.getCommand());
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
