package dev.muster.blocks;

import dev.muster.measure.Counters;
import dev.muster.measure.Recorder;
import dev.muster.node.Telemetry;

/** What the client counts and measures on one event loop, which alone writes. */
final class ClientInstruments {
    final Counters<BlocksCounter> counters;
    final Recorder firstByte;
    final Recorder total;
    final Recorder service;
    final Recorder sendLateness;
    final Recorder arrivalLateness;

    ClientInstruments(Telemetry telemetry) {
        counters = telemetry.counters(BlocksCounter.class);
        firstByte = telemetry.recorder(BlocksMetric.FIRST_BYTE);
        total = telemetry.recorder(BlocksMetric.TOTAL);
        service = telemetry.recorder(BlocksMetric.SERVICE);
        sendLateness = telemetry.recorder(BlocksMetric.CLIENT_SEND_LATENESS);
        arrivalLateness = telemetry.recorder(BlocksMetric.CLIENT_ARRIVAL_LATENESS);
    }

    long received() {
        return counters.get(BlocksCounter.CLIENT_RECEIVED);
    }

    long sent() {
        return counters.get(BlocksCounter.CLIENT_SENT);
    }
}
