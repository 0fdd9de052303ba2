package dev.muster.streams;

import dev.muster.measure.Counters;
import dev.muster.measure.Recorder;
import dev.muster.node.Telemetry;

/** What the users of one event loop count and measure. Only that event loop writes. */
final class Instruments {
    final Counters<StreamsCounter> counters;
    final Recorder blocked;
    final Recorder connecting;
    final Recorder sending;
    final Recorder waiting;
    final Recorder receiving;
    final Recorder duration;
    final Recorder iteration;
    final Recorder latency;
    private final Recorder append;
    private final Recorder readStream;
    private final Recorder readEvent;

    Instruments(Telemetry telemetry) {
        counters = telemetry.counters(StreamsCounter.class);
        blocked = telemetry.recorder(StreamsMetric.BLOCKED);
        connecting = telemetry.recorder(StreamsMetric.CONNECTING);
        sending = telemetry.recorder(StreamsMetric.SENDING);
        waiting = telemetry.recorder(StreamsMetric.WAITING);
        receiving = telemetry.recorder(StreamsMetric.RECEIVING);
        duration = telemetry.recorder(StreamsMetric.DURATION);
        iteration = telemetry.recorder(StreamsMetric.ITERATION);
        latency = telemetry.recorder(StreamsMetric.LATENCY);
        append = telemetry.recorder(StreamsMetric.APPEND);
        readStream = telemetry.recorder(StreamsMetric.READ_STREAM);
        readEvent = telemetry.recorder(StreamsMetric.READ_EVENT);
    }

    /** The durations of one kind of requests. */
    Recorder of(Kind kind) {
        return switch (kind) {
            case APPEND -> append;
            case READ_STREAM -> readStream;
            case READ_EVENT -> readEvent;
        };
    }
}
