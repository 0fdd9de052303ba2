package dev.muster.launcher.run.blocks;

import dev.muster.bus.BlocksLoad;
import dev.muster.bus.BlocksLoadDone;
import dev.muster.bus.Credential;
import dev.muster.node.RunHealth;
import java.time.Duration;
import java.util.Locale;

/** One of the parts of the experiment {@code blocks}, one after another. */
enum BlocksPart {
    DOWNLOAD,
    UPLOAD,
    PACED;

    /** The order for the client. */
    BlocksLoad load(BlocksOptions options, Credential credential, Duration duration) {
        boolean paced = this == PACED;
        return new BlocksLoad(
                credential,
                this == UPLOAD,
                paced ? options.pacedSize() : options.size(),
                paced ? options.period().toNanos() / 1_000 : 0,
                paced ? options.pacedPerRequest() : options.perRequest(),
                true,
                duration.toMillis(),
                null);
    }

    /** The latency that this part tells of. */
    String claims() {
        return this == PACED ? "blocks.client.arrival.lateness" : "blocks.client.total";
    }

    /** As the progress calls it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What came of it.
     *
     * @param done what the client says
     * @param observed what the collector heard from before it to after it
     */
    record Outcome(BlocksLoadDone done, RunHealth observed) {
        double seconds() {
            return done.nanos() / 1e9;
        }

        /** Bytes that came to the client. */
        long downloaded() {
            return observed.count("blocks.client.received");
        }

        /** Bytes that came to the server. */
        long uploaded() {
            return observed.count("blocks.server.received");
        }
    }
}
