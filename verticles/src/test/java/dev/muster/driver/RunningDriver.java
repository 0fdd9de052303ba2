package dev.muster.driver;

import static org.awaitility.Awaitility.await;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Command;
import dev.muster.bus.Credential;
import dev.muster.kube.KubeOptions;
import dev.muster.measure.Metric;
import dev.muster.node.Deployment;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.testing.Readings;
import dev.muster.testing.TestNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionFactory;

/** A driver that runs, with what it says of itself. */
final class RunningDriver implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Node node;
    private final String deployment;
    private final Readings readings;

    RunningDriver(String instance, DriverOptions options, KubeOptions kube) throws Exception {
        node = TestNode.of(new Identity(instance, "1", "test", "driver"));
        readings = new Readings(node.telemetry());
        BusCodecs.register(vertx.eventBus());
        deployment = deploy(Driver.deployments(options, kube, node));
    }

    /** All in their order; the last is the driver itself. */
    private String deploy(List<Deployment> all) throws Exception {
        try {
            var last = "";
            for (var each : all) {
                last = vertx.deployVerticle(each.verticle().get()).await(60, TimeUnit.SECONDS);
            }
            return last;
        } catch (Exception e) {
            vertx.close().await(30, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** Waits as long as a busy machine may need. */
    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(40));
    }

    long count(DriverCounter counter) {
        return readings.count(counter);
    }

    /** Whether all that was planned has ended. */
    boolean isOver(long planned) {
        return count(DriverCounter.INTENDED) == planned && underWay() == 0;
    }

    /** Intended operations whose end is not in the books. */
    long underWay() {
        return count(DriverCounter.INTENDED)
                - count(DriverCounter.DONE)
                - count(DriverCounter.FAILED)
                - count(DriverCounter.DROPPED)
                - count(DriverCounter.UNKNOWN);
    }

    long samples(Metric metric) {
        return readings.samples(metric);
    }

    /** The sum of a metric's samples, in seconds. */
    double sum(Metric metric) {
        return readings.sum(metric);
    }

    /** A gauge. */
    double value(Metric metric) {
        return readings.value(metric);
    }

    /** The mean of a metric's samples, in seconds. */
    double mean(Metric metric) {
        return readings.sum(metric) / readings.samples(metric);
    }

    void command(Command.Action action) throws Exception {
        vertx.eventBus()
                .request(Addresses.command("driver"), new Command(Credential.NONE, action, Map.of()))
                .await(60, TimeUnit.SECONDS);
    }

    /** Ends the driver as a process does that is told to; what it counted can still be read. */
    void undeploy() throws Exception {
        vertx.undeploy(deployment).await(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
