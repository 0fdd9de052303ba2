package dev.muster.launcher.push;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.Map;

/** What one protocol makes of the metrics of a process. */
interface Encoder {
    /** The encoder of a target's protocol. */
    static Encoder of(PushTarget.Protocol protocol, Source source) {
        return switch (protocol) {
            case OTLP -> new OtlpEncoder(source);
            case REMOTE_WRITE -> new RemoteWriteEncoder(source);
        };
    }

    /** The headers of each request. */
    Map<String, String> headers();

    /**
     * The body of a request.
     *
     * @param epochMillis when the metrics were taken
     * @param last whether nothing will follow
     */
    byte[] encode(MetricSnapshots metrics, long epochMillis, boolean last) throws IOException;
}
