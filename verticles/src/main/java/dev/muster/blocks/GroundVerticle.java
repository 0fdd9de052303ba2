package dev.muster.blocks;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Deployed before the others and so undeployed after them: closes what they share. */
final class GroundVerticle extends VerticleBase {
    private final Blocks.Shared shared;

    GroundVerticle(Blocks.Shared shared) {
        this.shared = shared;
    }

    @Override
    public Future<?> stop() {
        shared.tls().close();
        return Future.succeededFuture();
    }
}
