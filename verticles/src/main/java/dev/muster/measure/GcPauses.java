package dev.muster.measure;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongConsumer;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Hears of every garbage collection that stopped all threads, from the collectors' own notifications. Cycles that run
 * beside the program are not pauses. The JVM tells a pause in whole milliseconds.
 */
public final class GcPauses implements AutoCloseable {
    private final LongConsumer pauseMillis;
    private final NotificationListener listener = this::heard;
    private final List<NotificationEmitter> collectors;

    private GcPauses(LongConsumer pauseMillis) {
        this.pauseMillis = pauseMillis;
        this.collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(NotificationEmitter.class::isInstance)
                .map(NotificationEmitter.class::cast)
                .toList();
        collectors.forEach(collector -> collector.addNotificationListener(listener, null, null));
    }

    /**
     * Begins to listen.
     *
     * @param pauseMillis takes the length of each pause; called from a thread of the JVM, one call at a time
     */
    public static GcPauses watch(LongConsumer pauseMillis) {
        return new GcPauses(pauseMillis);
    }

    /** Ends listening. */
    @Override
    public void close() {
        for (var collector : collectors) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException("closed twice", e);
            }
        }
    }

    private synchronized void heard(Notification notification, Object handback) {
        if (GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(notification.getType())) {
            var collection = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
            if (isPause(collection.getGcName(), collection.getGcCause())) {
                pauseMillis.accept(collection.getGcInfo().getDuration());
            }
        }
    }

    /**
     * Whether a notification of this collector tells a pause. ZGC and Shenandoah have a bean for their cycles and
     * another one for the pauses; a concurrent phase of G1 gives the cause {@code No GC}.
     */
    static boolean isPause(String collector, String cause) {
        return !collector.endsWith("Cycles") && !cause.equals("No GC");
    }
}
