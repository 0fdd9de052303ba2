package dev.muster.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.measure.Distribution;
import dev.muster.measure.Recorder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** What is written is exactly what was planned, and what is read is found however it is cut. */
class BlockStreamPropertiesTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final Recorder lateness = new Recorder(BlocksMetric.SERVER_SEND_LATENESS);

    @AfterContainer
    static void close() {
        VERTX.close().await();
    }

    @Property(tries = 200)
    void shouldWriteExactlyTheBlocksOfThePlan(
            @ForAll @LongRange(min = 2, max = 200_000) long size,
            @ForAll @LongRange(min = 1, max = 40) long count,
            @ForAll @IntRange(min = 1, max = 3) int room) {
        check(new Plan(size, count, 0), room);
    }

    @Example
    void shouldWriteBlocksAtTheEdgesOfAPieceAndOfWhatIsLarge() {
        for (int edge : new int[] {BlockBuffers.LARGE, BlockBuffers.PIECE, 2 * BlockBuffers.PIECE}) {
            for (int size = edge - 2; size <= edge + 2; size++) {
                check(new Plan(size, 3, 0), 1);
            }
        }
        check(new Plan(2, 3 * BlockBuffers.PIECE, 0), 2);
    }

    @Example
    void shouldWriteMoreSizesThanItKeeps() {
        for (int size = 2; size < 40; size++) {
            check(new Plan(size, 5, 0), 1);
        }
    }

    @Property(tries = 200)
    void shouldFindEveryBlockHoweverTheStreamIsCut(
            @ForAll @IntRange(min = 2, max = 50) int size,
            @ForAll @IntRange(min = 1, max = 50) int count,
            @ForAll @IntRange(min = 1, max = 120) int cut) {
        var plan = new Plan(size, count, 0);
        var stream = written(plan, 1);
        var reader = new BlockReader(plan, lateness);

        for (int i = 0; i < stream.length(); i += cut) {
            assertThat(reader.isComplete()).isFalse();
            reader.read(stream.slice(i, Math.min(stream.length(), i + cut)), 0);
        }

        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.blocks()).isEqualTo(count);
        assertThat(reader.malformed()).isZero();
        assertThat(reader.bytes()).isEqualTo((long) size * count);
    }

    @Property(tries = 100)
    void shouldCountABlockWhoseFirstOrLastByteIsWrong(
            @ForAll @IntRange(min = 0, max = 19) int block, @ForAll boolean first) {
        var plan = new Plan(7, 20, 0);
        var stream = Buffer.buffer().appendBytes(written(plan, 1).getBytes());
        var reader = new BlockReader(plan, lateness);

        stream.setByte(block * 7 + (first ? 0 : 6), (byte) 'm');
        reader.read(stream, 0);

        assertThat(reader.malformed()).isEqualTo(1);
        assertThat(reader.blocks()).isEqualTo(20);
    }

    @Example
    void shouldStopAtAStreamThatIsClosedAndNeverFull() {
        var sink = new Sink(Integer.MAX_VALUE);
        sink.closed = true;
        var done = new AtomicBoolean();

        writer(sink, new Plan(1_000, Plan.MOST_BLOCKS, 0)).start(() -> done.set(true));

        assertThat(sink.queued).isEqualTo(1);
        assertThat(done).isFalse();
    }

    @Example
    void shouldHandNoMoreToAStreamThatIsNeverFullThanItSends() {
        var sink = new Sink(Integer.MAX_VALUE);
        sink.sending = Promise.promise();

        var writer = writer(sink, new Plan(1_000_000, 1_000_000, 0));
        writer.start(() -> {});
        int handed = sink.all.length();

        assertThat(handed).isBetween(1 << 20, 2 << 20);
        var before = sink.sending;
        sink.sending = Promise.promise();
        before.complete();
        assertThat(sink.all.length()).isGreaterThan(handed).isLessThan(4 << 20);
        writer.stop();
    }

    @Example
    void shouldTellHowLateBlocksWereThatAStalledStreamNeverTook() {
        var sink = new Sink(1);
        var writer = writer(sink, new Plan(1_000, 200, 1_000_000));
        writer.start(() -> {});
        long start = System.nanoTime();

        await().until(() -> System.nanoTime() - start > 50_000_000);
        writer.stop();
        writer.stop();

        var told = new Distribution();
        lateness.drainTo(told);
        assertThat(sink.queued).isEqualTo(1);
        assertThat(told.count()).isBetween(50L, 200L);
        assertThat(told.max()).isGreaterThan(48_000_000);
    }

    @Example
    void shouldTellOnlySoManyOfThousandMillionLateBlocks() {
        var writer = writer(new Sink(1), new Plan(1_000, Plan.MOST_BLOCKS, 1));
        writer.start(() -> {});
        long start = System.nanoTime();

        await().until(() -> System.nanoTime() - start > 50_000_000);
        writer.stop();

        var told = new Distribution();
        lateness.drainTo(told);
        assertThat(told.count()).isEqualTo(1 + 100_000);
    }

    private void check(Plan plan, int room) {
        var all = written(plan, room);
        int size = (int) plan.size();

        assertThat(all.length()).isEqualTo((int) plan.total());
        for (int at = 0; at < all.length(); at += size) {
            assertThat(all.getByte(at)).isEqualTo((byte) 'A');
            assertThat(all.getByte(at + size - 1)).isEqualTo((byte) 'Z');
            if (size > 2) {
                assertThat(all.getByte(at + 1)).isEqualTo((byte) 'm');
                assertThat(all.getByte(at + size - 2)).isEqualTo((byte) 'm');
            }
        }
    }

    private Buffer written(Plan plan, int room) {
        var sink = new Sink(room);
        var done = new AtomicBoolean();
        writer(sink, plan).start(() -> done.set(true));
        while (!done.get()) {
            sink.drain();
        }
        return sink.all;
    }

    private BlockWriter writer(Sink sink, Plan plan) {
        Context context = VERTX.getOrCreateContext();
        var tools =
                new BlockWriter.Tools(new BlockBuffers(new BlockBuffers.Shared()), new LoopTimer(context), lateness);
        return new BlockWriter(sink, plan, tools, bytes -> {});
    }

    /** Takes so many writes until it is drained, and fails when more come. */
    private static final class Sink implements WriteStream<Buffer> {
        private final Buffer all = Buffer.buffer();
        private @Nullable Promise<Void> sending;
        private boolean closed;
        private final int room;
        private int queued;
        private @Nullable Handler<Void> drained;

        Sink(int room) {
            this.room = room;
        }

        void drain() {
            queued = 0;
            if (drained != null) {
                drained.handle(null);
            }
        }

        @Override
        public Future<Void> write(Buffer data) {
            assertThat(writeQueueFull()).as("written to a full stream").isFalse();
            queued++;
            all.appendBuffer(data);
            if (sending != null) {
                return sending.future();
            }
            return closed ? Future.failedFuture("closed") : Future.succeededFuture();
        }

        @Override
        public boolean writeQueueFull() {
            return queued >= room;
        }

        @Override
        public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
            drained = handler;
            return this;
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public Future<Void> end() {
            return Future.succeededFuture();
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }
    }
}
