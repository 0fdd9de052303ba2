package dev.muster.broker;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** What the broker counts. */
enum BrokerCounter implements Metric {
    ACCEPTED("broker.connections_accepted", "Connections accepted"),
    REFUSED("broker.connections_refused", "Connections refused because the limit was reached"),
    HANDSHAKE_TIMEOUTS("broker.handshake_timeouts", "Connections closed because no engine registered in time"),
    CONNECTIONS_LOST("broker.connections_lost", "Connections of registered engines that ended without BYE"),
    REGISTERED("broker.registered", "Engines registered"),
    RESUMED("broker.resumed", "Engines that came back with their token"),
    DUPLICATE_IDS("broker.duplicate_ids", "Registrations refused because the engine has a connection"),
    LEFT("broker.left", "Engines that said BYE"),
    FORGOTTEN("broker.forgotten", "Engines forgotten because they were silent for too long"),
    HEARTBEATS("broker.heartbeats", "Heartbeats received, each the last one plus 1"),
    LOST(
            "broker.heartbeats_lost",
            "Heartbeats that an engine sent and that never arrived, as it tells when it resumes"),
    LATE("broker.heartbeats_late", "Heartbeats later than a tenth of the period"),
    MISSED("broker.heartbeats_missed", "Whole periods in which a due heartbeat did not come"),
    DUPLICATED("broker.heartbeats_duplicated", "Heartbeats refused because their number was not above the last"),
    OUT_OF_SEQUENCE("broker.heartbeats_out_of_sequence", "Heartbeats refused because numbers before them are missing"),
    MALFORMED("broker.malformed", "Errors told to engines, malformed messages above all"),
    TOLD("broker.commands_told", "Commands written to an engine"),
    UNTOLD("broker.commands_untold", "Commands not written because the engine had gone or does not read"),
    CONFIRMED("broker.commands_confirmed", "Commands that an engine confirmed");

    private final Definition definition;

    BrokerCounter(String id, String help) {
        definition = new Definition(id, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
