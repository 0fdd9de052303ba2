package dev.muster.informer;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** All that an informer counts. */
enum InformerCounter implements Metric {
    ADDED("added", "Notifications of new objects"),
    UPDATED("updated", "Notifications of changed objects"),
    DELETED("deleted", "Notifications of deleted objects"),
    UNSTAMPED("unstamped", "New and changed objects without a new timestamp, which have no lag"),
    DUPLICATES("duplicates", "Notifications that had come before"),
    REORDERED("reordered", "Notifications older than one of the same object that came before"),
    DEQUEUED("dequeued", "Objects taken off the queue"),
    UPDATES_DEQUEUED("dequeued_updates", "Objects taken off the queue for one update alone"),
    COALESCED("coalesced", "Objects taken off the queue for more than one notification"),
    SAME("same", "Objects taken off the queue that were the same as when they were last, with --informer-compare"),
    LISTS("lists", "Lists of all objects"),
    LISTED("listed", "Objects in these lists; they have no lag"),
    RELISTS("relists", "Lists after the first one"),
    RELISTED("relisted", "Objects in these lists: what a list costs the server and the network"),
    MISSED("missed", "Changes that a list after the first one told, and no notification before it"),
    GONE("gone", "Watches that could not go on because the server had forgotten where (410)"),
    LOST("lost", "Watches that broke, or could not be opened, for want of a connection"),
    ERRORS("errors", "Watches that the server refused or ended with an error, or whose bytes are no events"),
    RECONNECTED("reconnected", "Watches that were open again after one was lost, refused or gone");

    private final Definition definition;

    InformerCounter(String thing, String help) {
        definition = new Definition("informer." + thing, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
