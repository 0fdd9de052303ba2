package dev.muster.engine;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** All that the engines count. */
enum EngineCounter implements Metric {
    BEGUN("begun", "Engines that have begun: tried for the first time"),
    TRIES("tries", "Connections that engines began to make"),
    UNREACHED("unreached", "Tries that made no connection"),
    UNANSWERED("unanswered", "Connections that ended, or were given up, before the broker answered"),
    REFUSED("refused", "Registrations that the broker refused"),
    REGISTERED("registered", "Registrations that the broker took, engines that came back included"),
    RESUMED("resumed", "Registrations by which an engine got its place back"),
    LOST("connections.lost", "Connections of registered engines that broke"),
    LEFT("left", "Registered engines that left: killed, or stopped with their process"),
    SENT("heartbeats.sent", "Heartbeats sent"),
    ACKNOWLEDGED("heartbeats.acknowledged", "Heartbeats that the broker has acknowledged, in v2"),
    HEARTBEATS_LOST("heartbeats.lost", "Heartbeats whose connection ended before they were acknowledged, in v2"),
    ERRORS("errors", "Errors that the broker told"),
    MALFORMED("malformed", "Connections closed because what the broker sent is of no known form"),
    WORK_ORDERED("work.ordered", "Orders to burn CPU"),
    WORK_REFUSED("work.refused", "Orders to burn CPU that were left out because too many waited"),
    WORK_DONE("work.done", "Orders to burn CPU that were carried out"),
    KILLED("killed", "Engines that the broker has ended"),
    GAVE_UP("gave_up", "Engines that ended because they had tried as often as they may");

    private final Definition definition;

    EngineCounter(String thing, String help) {
        definition = new Definition("engine." + thing, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
