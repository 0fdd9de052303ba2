package dev.muster.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** Writes what an engine says, digit by digit: a heartbeat makes no String. Safe to use from any thread. */
sealed interface Writer {
    /** More than the longest message. */
    int ROOM = 256;

    ByteBuf introduction(ByteBufAllocator allocator, byte[] id, long last, byte[] token);

    /**
     * A heartbeat.
     *
     * @param sent in microseconds since any instant
     * @param late by how many microseconds it is later than intended
     */
    ByteBuf heartbeat(ByteBufAllocator allocator, byte[] id, long number, long sent, long late);

    /** Whether heartbeats get an answer. What has none is not counted as acknowledged or lost. */
    boolean acknowledged();

    /** An order has arrived. Empty in v1, which has no such message, as the next ones. */
    ByteBuf confirm(ByteBufAllocator allocator, long order);

    /** An order is carried out. */
    ByteBuf done(ByteBufAllocator allocator, long order, long cpuMillis);

    /** Good-bye. */
    ByteBuf bye(ByteBufAllocator allocator);

    /** Protocol v2. */
    record Lines() implements Writer {
        @Override
        public boolean acknowledged() {
            return true;
        }

        @Override
        public ByteBuf introduction(ByteBufAllocator allocator, byte[] id, long last, byte[] token) {
            var line = allocator
                    .directBuffer(ROOM)
                    .writeBytes(Words.OPENING)
                    .writeBytes(Words.NEW_ENGINE)
                    .writeBytes(id);
            field(line, last);
            if (token.length > 0) {
                line.writeByte(':').writeBytes(token);
            }
            return line.writeByte('\n');
        }

        @Override
        public ByteBuf heartbeat(ByteBufAllocator allocator, byte[] id, long number, long sent, long late) {
            var line = allocator.directBuffer(ROOM).writeBytes(Words.HEARTBEAT).writeBytes(id);
            field(line, number);
            field(line, sent);
            field(line, late);
            return line.writeByte('\n');
        }

        @Override
        public ByteBuf confirm(ByteBufAllocator allocator, long order) {
            var line = allocator.directBuffer(ROOM).writeBytes(Words.CONFIRM);
            digits(line, order);
            return line.writeByte('\n');
        }

        @Override
        public ByteBuf done(ByteBufAllocator allocator, long order, long cpuMillis) {
            var line = allocator.directBuffer(ROOM).writeBytes(Words.DONE);
            digits(line, order);
            field(line, cpuMillis);
            return line.writeByte('\n');
        }

        @Override
        public ByteBuf bye(ByteBufAllocator allocator) {
            return allocator.directBuffer(ROOM).writeBytes(Words.BYE).writeByte('\n');
        }
    }

    /** Protocol v1. */
    record Text() implements Writer {
        @Override
        public boolean acknowledged() {
            return false;
        }

        @Override
        public ByteBuf confirm(ByteBufAllocator allocator, long order) {
            return Unpooled.EMPTY_BUFFER;
        }

        @Override
        public ByteBuf done(ByteBufAllocator allocator, long order, long cpuMillis) {
            return Unpooled.EMPTY_BUFFER;
        }

        @Override
        public ByteBuf bye(ByteBufAllocator allocator) {
            return Unpooled.EMPTY_BUFFER;
        }

        @Override
        public ByteBuf introduction(ByteBufAllocator allocator, byte[] id, long last, byte[] token) {
            var text = allocator.directBuffer(ROOM).writeBytes(Words.NEW_ENGINE).writeBytes(id);
            field(text, last);
            return text;
        }

        @Override
        public ByteBuf heartbeat(ByteBufAllocator allocator, byte[] id, long number, long sent, long late) {
            var text = allocator.directBuffer(ROOM).writeBytes(Words.HEARTBEAT).writeBytes(id);
            field(text, number);
            return text;
        }
    }

    private static void field(ByteBuf into, long value) {
        into.writeByte(':');
        digits(into, value);
    }

    private static void digits(ByteBuf into, long value) {
        long unit = 1;
        while (value / unit >= 10) {
            unit *= 10;
        }
        for (long rest = value; unit > 0; unit /= 10) {
            into.writeByte('0' + (int) (rest / unit));
            rest %= unit;
        }
    }
}
