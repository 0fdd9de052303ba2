package dev.muster.engine;

import static dev.muster.engine.EngineCounter.ACKNOWLEDGED;
import static dev.muster.engine.EngineCounter.HEARTBEATS_LOST;
import static dev.muster.engine.EngineCounter.RESUMED;
import static dev.muster.engine.EngineCounter.SENT;

import dev.muster.testing.ChildJvm;
import dev.muster.testing.Obedient;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** Engines in a process of their own, elsewhere on the network. */
final class EnginesProcess {
    private EnginesProcess() {}

    /** Its answers are {@link Books}. */
    static Obedient start(List<String> under, String broker, int count) throws Exception {
        return new Obedient(ChildJvm.start(under, EnginesProcess.class, broker, String.valueOf(count)));
    }

    /** What engines say that they have sent. */
    record Books(long live, long sent, long acknowledged, long lost, long resumed) {
        static Books of(String answer) {
            var numbers = answer.split(" ", -1);
            return new Books(
                    Long.parseLong(numbers[0]),
                    Long.parseLong(numbers[1]),
                    Long.parseLong(numbers[2]),
                    Long.parseLong(numbers[3]),
                    Long.parseLong(numbers[4]));
        }
    }

    /** The child: {@code books} and {@code stop}. */
    public static void main(String[] arguments) throws Exception {
        var options = TestOptions.of(Integer.parseInt(arguments[1]), 1)
                .broker(arguments[0])
                .heartbeat(Duration.ofMillis(500))
                .timeout(Duration.ofSeconds(1))
                .retry("forever");
        var engines = RunningFleet.start(Vertx.vertx(), options);
        Obedient.serve(line -> {
            if (line.equals("stop")) {
                engines.stop();
            }
            return (long) engines.live() + " " + engines.count(SENT) + " " + engines.count(ACKNOWLEDGED) + " "
                    + engines.count(HEARTBEATS_LOST) + " " + engines.count(RESUMED);
        });
    }
}
