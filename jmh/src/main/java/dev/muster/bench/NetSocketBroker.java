package dev.muster.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/**
 * A broker of protocol v2 as one writes it with Vert.x's public {@code NetSocket}: a record parser for lines, an object
 * for each engine, one instance for each processor. It is there for {@code bench/connections} to compare with, and keeps
 * what Muster's broker keeps.
 */
public final class NetSocketBroker extends VerticleBase {
    private static final int MOST_ERRORS = 16;
    private static final int MOST_LINE = 256;
    private static final String OPENING = "MUSTER:2:NewEngine:";
    private static final String HEARTBEAT = "HeartBeat:";

    private final int port;
    private final long period;
    private final Shared shared;

    private NetSocketBroker(int port, long period, Shared shared) {
        this.port = port;
        this.period = period;
        this.shared = shared;
    }

    /** What the instances share. */
    private record Shared(
            Map<String, Engine> engines, LongAdder heartbeats, LongAdder late, ConcurrentHistogram lateness) {}

    /** An engine. */
    private static final class Engine {
        private final long token;
        private volatile @Nullable NetSocket owner;
        private volatile long last;
        private final AtomicLong seen = new AtomicLong();
        private long expected;

        private Engine(long token, NetSocket owner, long last) {
            this.token = token;
            this.owner = owner;
            this.last = last;
        }
    }

    /**
     * Runs it.
     *
     * @param arguments the port, and the engines' period in seconds
     */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        long period = Long.parseLong(arguments[1]) * 1_000_000_000;
        var shared = new Shared(
                new ConcurrentHashMap<>(),
                new LongAdder(),
                new LongAdder(),
                new ConcurrentHistogram(3_600_000_000_000L, 3));
        var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        vertx.deployVerticle(
                        () -> new NetSocketBroker(port, period, shared),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .onSuccess(deployed -> System.out.println("listening"))
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public Future<?> start() {
        var options =
                new NetServerOptions().setTcpNoDelay(true).setReusePort(true).setAcceptBacklog(4096);
        return vertx.createNetServer(options)
                .connectHandler(socket -> new Held(socket).start())
                .listen(port, "127.0.0.1");
    }

    /** A connection. */
    private final class Held {
        private final NetSocket socket;
        private String id = "";
        private @Nullable Engine engine;
        private int errors;

        private Held(NetSocket socket) {
            this.socket = socket;
        }

        private void start() {
            var lines = RecordParser.newDelimited("\n", this::line).maxRecordSize(MOST_LINE);
            lines.exceptionHandler(tooLong -> socket.close());
            socket.handler(lines);
            socket.closeHandler(closed -> {
                var mine = engine;
                if (mine != null && mine.owner == socket) {
                    mine.owner = null;
                }
            });
        }

        private void line(Buffer line) {
            var text = line.toString();
            var mine = engine;
            if (mine == null) {
                register(text);
            } else if (text.startsWith(HEARTBEAT)) {
                heartbeat(mine, text);
            } else if (text.equals("BYE")) {
                shared.engines.remove(id);
                socket.end(Buffer.buffer("BYE\n"));
            } else if (!text.startsWith("CONFIRM:") && !text.startsWith("DONE:")) {
                malformed();
            }
        }

        private void register(String text) {
            var fields = text.split(":", -1);
            if (!text.startsWith(OPENING) || fields.length < 5) {
                malformed();
                return;
            }
            long last = Long.parseLong(fields[4]);
            var fresh = new Engine(new SecureRandom().nextLong(), socket, last);
            var known = shared.engines.putIfAbsent(fields[3], fresh);
            if (known != null && known.owner != null) {
                socket.end(Buffer.buffer("FAILLED:Duplicate Engine ID " + fields[3] + "\n"));
                return;
            }
            shared.engines.put(fields[3], fresh);
            engine = fresh;
            id = fields[3];
            socket.write(String.format(Locale.ROOT, "SUCCESS:Registered:%016x:%d\n", fresh.token, last));
        }

        private void heartbeat(Engine mine, String text) {
            int idTo = HEARTBEAT.length() + id.length();
            int numberTo = text.indexOf(':', idTo + 1);
            if (!text.startsWith(id, HEARTBEAT.length()) || numberTo < 0) {
                malformed();
                return;
            }
            long number = Long.parseLong(text, idTo + 1, numberTo, 10);
            int sentTo = text.indexOf(':', numberTo + 1);
            var sent = text.substring(numberTo + 1, sentTo < 0 ? text.length() : sentTo);
            if (number != mine.last + 1) {
                malformed();
                return;
            }
            mine.last = number;
            count(mine);
            socket.write("ACK:" + number + ":" + sent + "\n");
        }

        private void count(Engine mine) {
            long now = System.nanoTime();
            mine.seen.setOpaque(now);
            shared.heartbeats.increment();
            long due = mine.expected;
            long late = now - due;
            mine.expected = (due == 0 || late < 0 || late >= period ? now : due) + period;
            if (due == 0) {
                return;
            }
            shared.lateness.recordValue(Math.max(0, late));
            if (late > period / 10) {
                shared.late.increment();
            }
        }

        private void malformed() {
            socket.write("ERROR:Malformed message\n");
            if (++errors >= MOST_ERRORS) {
                socket.close();
            }
        }
    }
}
