package dev.muster.launcher.roles;

import dev.muster.launcher.command.StartException;
import dev.muster.node.Deployment;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Deploys verticles one after another, from a thread that may block. */
final class Deployments {
    /** How long one verticle may take to stop before the others are stopped all the same. */
    private static final long UNDEPLOY_SECONDS = 10;

    private final Vertx vertx;
    private final Started started;
    private final PortGuard ports;

    /**
     * @param started takes each verticle
     * @param ports explains why one can't listen
     */
    Deployments(Vertx vertx, Started started, PortGuard ports) {
        this.vertx = vertx;
        this.started = started;
        this.ports = ports;
    }

    EventBus bus() {
        return vertx.eventBus();
    }

    /**
     * Deploys some verticles in their order.
     *
     * @param portOptions the options of the ports that they listen on
     * @throws StartException when one can't be deployed
     * @throws CancellationException when all is being stopped meanwhile
     */
    void deploy(List<Deployment> deployments, List<String> portOptions) {
        for (var deployment : deployments) {
            var id = deploy(deployment, portOptions);
            started.add(deployment.name(), () -> vertx.undeploy(id).await(UNDEPLOY_SECONDS, TimeUnit.SECONDS));
        }
    }

    private String deploy(Deployment deployment, List<String> portOptions) {
        try {
            var options = new DeploymentOptions().setInstances(deployment.instances());
            return vertx.deployVerticle(deployment.verticle(), options).await();
        } catch (Exception e) { // what a verticle fails with comes as it is, checked or not
            if (started.isStopping()) {
                throw new CancellationException("stopped while " + deployment.name() + " started");
            }
            var reason = "can't start " + deployment.name() + ": " + e.getMessage();
            if (e instanceof BindException) {
                ports.check(portOptions);
                reason += "; choose another port with " + String.join(" or ", portOptions); // free again by now
            }
            throw new StartException(reason, e);
        }
    }
}
