package dev.muster.blocks;

import dev.muster.bus.BlocksLoad;
import dev.muster.bus.BlocksLoadDone;
import dev.muster.measure.ArrivalProcess;
import dev.muster.measure.Pacer;
import dev.muster.measure.Recorder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One load of the client, from its start on every event loop to its end. For the verticle's event loop. */
final class LoadRun {
    private final Vertx vertx;
    private final BlocksLoad load;
    private final List<BlocksClientVerticle.Crew> crews;
    private final Recorder lateness;
    private final Totals before;
    private final Promise<Done> done = Promise.promise();
    private final long began = System.nanoTime();
    private final List<Future<Void>> workers = new ArrayList<>();
    private @Nullable Pacer pacer;
    private boolean ending;

    /** What all workers have counted. */
    private record Totals(long bytes, long completed, long failed, long cut) {
        static Totals of(List<BlocksClientVerticle.Crew> crews, boolean upload) {
            return new Totals(
                    sum(crews, upload ? BlocksCounter.CLIENT_SENT : BlocksCounter.CLIENT_RECEIVED),
                    sum(crews, BlocksCounter.COMPLETED),
                    sum(crews, BlocksCounter.FAILED),
                    sum(crews, BlocksCounter.CUT));
        }

        private static long sum(List<BlocksClientVerticle.Crew> crews, BlocksCounter counter) {
            return crews.stream()
                    .mapToLong(crew -> crew.worker().counted(counter))
                    .sum();
        }
    }

    /** What came of a load. */
    record Done(long bytes, long nanos, long completed, long failed, long cut) {
        BlocksLoadDone along(BlocksLoadDone.Path path) {
            return new BlocksLoadDone(bytes, nanos, completed, failed, cut, path);
        }
    }

    /**
     * @param lateness takes how late the open loop's requests were begun; nothing else may write to it meanwhile
     */
    LoadRun(Vertx vertx, BlocksLoad load, List<BlocksClientVerticle.Crew> crews, Recorder lateness) {
        this.vertx = vertx;
        this.load = load;
        this.crews = List.copyOf(crews);
        this.lateness = lateness;
        this.before = Totals.of(crews, load.upload());
    }

    /** Begins; completes when its time is over, or {@link #end} was called, and nothing of it is under way any more. */
    Future<Done> start() {
        for (var crew : crews) {
            var over = Promise.<Void>promise();
            workers.add(over.future());
            crew.eventLoop().runOnContext(now -> crew.worker().begin(load).onComplete(over));
        }
        var rate = load.rate();
        if (rate != null) {
            pacer = Pacer.start("muster-blocks-pacer", ArrivalProcess.constant(rate), lateness, this::arrive);
        }
        vertx.setTimer(load.durationMillis(), timer -> end());
        return done.future();
    }

    /** On the pacer's thread. */
    private void arrive(long index, long intended) {
        var crew = crews.get((int) (index % crews.size()));
        crew.eventLoop().runOnContext(now -> crew.worker().arrive(intended));
    }

    /** Ends it now. */
    void end() {
        if (ending) {
            return;
        }
        ending = true;
        long nanos = System.nanoTime() - began;
        if (pacer != null) {
            pacer.stop();
        }
        crews.forEach(crew -> crew.eventLoop().runOnContext(now -> crew.worker().stop()));
        Future.join(workers).onComplete(all -> {
            var after = Totals.of(crews, load.upload());
            done.tryComplete(new Done(
                    after.bytes() - before.bytes(),
                    nanos,
                    after.completed() - before.completed(),
                    after.failed() - before.failed(),
                    after.cut() - before.cut()));
        });
    }
}
