package dev.muster.driver;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/**
 * Stops a driver that is still starting, when its warm-up has made objects already: Vert.x stops no verticle that has not
 * started. Deployed before the driver it is stopped after it, and before what is not deployed yet is forgotten.
 */
final class EarlyStop extends VerticleBase {
    private final DriverVerticle driver;

    EarlyStop(DriverVerticle driver) {
        this.driver = driver;
    }

    @Override
    public Future<?> stop() {
        return driver.stopEarly();
    }
}
