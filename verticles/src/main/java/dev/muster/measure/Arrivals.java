package dev.muster.measure;

import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;

/** The iterators behind {@link ArrivalProcess}. */
final class Arrivals {
    private static final double NANOS = 1e9;

    private Arrivals() {}

    static void requireRate(String what, boolean good, double rate) {
        if (!good) {
            throw new IllegalArgumentException(what + " can't be " + rate + " per second");
        }
    }

    /** Each start from its own index, so that no rounding adds up; ends where the start is infinite. */
    static PrimitiveIterator.OfLong byIndex(LongToDoubleFunction seconds) {
        return new PrimitiveIterator.OfLong() {
            private long index;
            private double next = seconds.applyAsDouble(0);

            @Override
            public boolean hasNext() {
                return next < Double.POSITIVE_INFINITY;
            }

            @Override
            public long nextLong() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                long offset = Math.round(next * NANOS);
                next = seconds.applyAsDouble(++index);
                return offset;
            }
        };
    }

    static PrimitiveIterator.OfLong poisson(double perSecond, long seed) {
        var random = new SplittableRandom(seed);
        return new PrimitiveIterator.OfLong() {
            private double seconds;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public long nextLong() {
                // 1 - u is never 0; StrictMath gives the same bits on every machine.
                seconds -= StrictMath.log(1 - random.nextDouble()) / perSecond;
                return Math.round(seconds * NANOS);
            }
        };
    }

    static PrimitiveIterator.OfLong first(long count, PrimitiveIterator.OfLong all) {
        return new PrimitiveIterator.OfLong() {
            private long left = count;

            @Override
            public boolean hasNext() {
                return left > 0 && all.hasNext();
            }

            @Override
            public long nextLong() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                left--;
                return all.nextLong();
            }
        };
    }
}
