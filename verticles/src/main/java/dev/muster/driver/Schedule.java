package dev.muster.driver;

import dev.muster.measure.ArrivalProcess;
import java.util.PrimitiveIterator;

/**
 * All operations of an open driver in the order of their times: each object is created at its arrival, and deleted a life
 * later. The same schedule is told twice: to the pacer as times, and to who follows the pacer as operations.
 */
final class Schedule implements ArrivalProcess {
    private final ArrivalProcess creations;
    private final long lifeNanos;

    Schedule(ArrivalProcess creations, long lifeNanos) {
        this.creations = creations;
        this.lifeNanos = lifeNanos;
    }

    @Override
    public PrimitiveIterator.OfLong offsets() {
        var cursor = cursor();
        return new PrimitiveIterator.OfLong() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public long nextLong() {
                cursor.next();
                return cursor.offset();
            }
        };
    }

    Cursor cursor() {
        return new Cursor(creations.offsets(), creations.offsets(), lifeNanos);
    }

    /** Goes through the operations: two readers of the same arrivals, the second one a life behind. For one thread. */
    static final class Cursor {
        private final PrimitiveIterator.OfLong creations;
        private final PrimitiveIterator.OfLong deletions;
        private final long lifeNanos;
        private long nextCreation;
        private long nextDeletion;
        private long created = -1;
        private long deleted = -1;
        private Verb verb = Verb.CREATE;
        private long offset;

        private Cursor(PrimitiveIterator.OfLong creations, PrimitiveIterator.OfLong deletions, long lifeNanos) {
            this.creations = creations;
            this.deletions = deletions;
            this.lifeNanos = lifeNanos;
            this.nextCreation = next(creations, 0);
            this.nextDeletion = next(deletions, lifeNanos);
        }

        private static long next(PrimitiveIterator.OfLong times, long later) {
            return times.hasNext() ? times.nextLong() + later : Long.MAX_VALUE;
        }

        boolean hasNext() {
            return nextDeletion != Long.MAX_VALUE;
        }

        /** Goes on to the next operation. Of two at the same time the creation is first. */
        void next() {
            if (nextCreation <= nextDeletion) {
                verb = Verb.CREATE;
                offset = nextCreation;
                created++;
                nextCreation = next(creations, 0);
            } else {
                verb = Verb.DELETE;
                offset = nextDeletion;
                deleted++;
                nextDeletion = next(deletions, lifeNanos);
            }
        }

        Verb verb() {
            return verb;
        }

        /** Of the object, from 0. */
        long number() {
            return verb == Verb.CREATE ? created : deleted;
        }

        /** When, in nanoseconds after the schedule's start. */
        long offset() {
            return offset;
        }
    }
}
