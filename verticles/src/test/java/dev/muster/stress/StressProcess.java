package dev.muster.stress;

import dev.muster.bus.BusCodecs;
import dev.muster.node.Identity;
import dev.muster.testing.TestNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The role in a process of its own, which first enters control groups: the first argument is its headroom, each other one
 * a file that takes its id.
 */
final class StressProcess {
    private StressProcess() {}

    private record Options(int port, int headroom, int maxJobs) implements StressOptions {}

    public static void main(String[] arguments) throws Exception {
        int headroom = Integer.parseInt(arguments[0]);
        for (var group : List.of(arguments).subList(1, arguments.length)) {
            Files.writeString(
                    Path.of(group), String.valueOf(ProcessHandle.current().pid()));
        }
        var node = TestNode.of(new Identity("stress", "1", "test", "stress"));
        var vertx = Vertx.vertx();
        BusCodecs.register(vertx.eventBus());
        for (var deployment : Stress.deployments(new Options(0, headroom, 16), node)) {
            vertx.deployVerticle(deployment.verticle(), new DeploymentOptions()).await(30, TimeUnit.SECONDS);
        }
        System.out.println(node.endpoints().url("stress").orElseThrow());
        System.out.flush();
        while (System.in.read() >= 0) {
            // until the test closes it
        }
        vertx.close().await(30, TimeUnit.SECONDS);
    }
}
