package dev.muster.watcher;

import dev.muster.measure.Metric;
import dev.muster.measure.Unit;

/** All that a watcher counts. */
enum WatcherCounter implements Metric {
    ADDED("added", "Events of new objects"),
    MODIFIED("modified", "Events of changed objects"),
    DELETED("deleted", "Events of deleted objects"),
    BOOKMARKS("bookmarks", "Bookmarks: resource versions up to which nothing was missed"),
    UNSTAMPED("unstamped", "Events of new and changed objects without a new timestamp, which have no lag"),
    DUPLICATES("duplicates", "Events that had been heard of before"),
    REORDERED("reordered", "Events older than one of the same object that came before"),
    LISTS("lists", "Lists of all objects"),
    LISTED("listed", "Objects in these lists; they have no lag"),
    COALESCED("coalesced", "Changes that a list after the first one told, and no event: several may have become one"),
    WINDOWS("windows", "Watches that were opened"),
    GONE("gone", "Watches that could not go on because the server had forgotten where (410)"),
    LOST("lost", "Watches that broke, or could not be opened, for want of a connection"),
    ERRORS(
            "errors",
            "Lists and watches that the server refused, watches that it ended with an error, or whose bytes are no events"),
    RECONNECTED("connections.reconnected", "Connections that were made again");

    private final Definition definition;

    WatcherCounter(String thing, String help) {
        definition = new Definition("watcher." + thing, help, Unit.COUNT);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
