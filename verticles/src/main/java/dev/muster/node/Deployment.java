package dev.muster.node;

import io.vertx.core.Deployable;
import java.util.function.Supplier;

/**
 * A verticle that a role wants deployed. A role's deployments are made in the order given and undone in reverse.
 *
 * @param name for the log: {@code master-http}
 * @param verticle makes one instance
 * @param instances how many, each with an event loop's state of its own
 */
public record Deployment(String name, Supplier<? extends Deployable> verticle, int instances) {}
