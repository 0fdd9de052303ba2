package dev.muster.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The commands that engines were told, and who has confirmed them. Safe to use from any thread. */
final class Orders {
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Order> waited = new ConcurrentHashMap<>();

    /** One command: {@code DOWORK:50000}. */
    static final class Order {
        private final long number;
        private final String text;
        private int confirmed;
        private long first;
        private long latest;

        private Order(long number, String text) {
            this.number = number;
            this.text = text;
        }

        long number() {
            return number;
        }

        String text() {
            return text;
        }

        private synchronized void confirm(long now) {
            first = confirmed == 0 ? now : first;
            latest = now;
            confirmed++;
        }

        synchronized int confirmed() {
            return confirmed;
        }

        /** From the first confirmation to the last one, in nanoseconds. */
        synchronized long spread() {
            return latest - first;
        }
    }

    /** A command to be told, whose confirmations are counted until it is {@link #forget forgotten}. */
    Order make(String text) {
        var order = new Order(numbers.incrementAndGet(), text);
        waited.put(order.number, order);
        return order;
    }

    /** The number of the latest command; 0 before the first. */
    long latest() {
        return numbers.get();
    }

    void forget(Order order) {
        waited.remove(order.number);
    }

    void confirm(long number, long now) {
        var order = waited.get(number);
        if (order != null) {
            order.confirm(now);
        }
    }
}
