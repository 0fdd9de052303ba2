package dev.muster.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A broker that says what a test wants, over real sockets. */
final class ScriptedBroker {
    static final String TOKEN = "0123456789abcdef";

    private final NetServer server;
    private final int port;

    /** Every message of v2, or every piece of text of v1, in the order of arrival. */
    final List<String> heard = new CopyOnWriteArrayList<>();
    /** Every connection there ever was. */
    final List<NetSocket> sockets = new CopyOnWriteArrayList<>();

    /** What the broker does when it hears something. */
    interface Script {
        void heard(NetSocket engine, String message);
    }

    private ScriptedBroker(Vertx vertx, int port, boolean lines, Script script) throws Exception {
        server = vertx.createNetServer(
                        new NetServerOptions().setHost("127.0.0.1").setPort(port))
                .connectHandler(engine -> {
                    sockets.add(engine);
                    if (lines) {
                        engine.handler(RecordParser.newDelimited("\n", line -> hear(script, engine, line)));
                    } else {
                        engine.handler(text -> hear(script, engine, text));
                    }
                });
        this.port = server.listen().await(10, TimeUnit.SECONDS).actualPort();
    }

    static ScriptedBroker v2(Vertx vertx, Script script) throws Exception {
        return new ScriptedBroker(vertx, 0, true, script);
    }

    static ScriptedBroker v2(Vertx vertx, int port, Script script) throws Exception {
        return new ScriptedBroker(vertx, port, true, script);
    }

    static ScriptedBroker v1(Vertx vertx, Script script) throws Exception {
        return new ScriptedBroker(vertx, 0, false, script);
    }

    private void hear(Script script, NetSocket engine, Buffer text) {
        var message = text.toString(US_ASCII);
        heard.add(message);
        script.heard(engine, message);
    }

    int port() {
        return port;
    }

    /** What a broker says that has nothing against anybody. */
    static void politely(NetSocket engine, String message) {
        var fields = message.split(":", -1);
        if (message.startsWith("MUSTER:2:NewEngine:")) {
            engine.write(
                    "SUCCESS:" + (fields.length == 6 ? "Resumed:" : "Registered:") + TOKEN + ":" + fields[4] + "\n");
        } else if (message.startsWith("HeartBeat:")) {
            engine.write("ACK:" + fields[2] + ":" + fields[3] + "\n");
        } else if (message.equals("BYE")) {
            engine.end(Buffer.buffer("BYE\n"));
        }
    }

    /** The numbers of an engine's heartbeats, in the order of arrival. */
    List<Long> heartbeats(String id) {
        return heard.stream()
                .filter(message -> message.startsWith("HeartBeat:" + id + ":"))
                .map(message -> Long.valueOf(message.split(":", -1)[2]))
                .toList();
    }

    long count(String beginning) {
        return heard.stream().filter(message -> message.startsWith(beginning)).count();
    }

    void close() throws Exception {
        server.close().await(10, TimeUnit.SECONDS); // first, so that nobody comes back meanwhile
        for (var socket : sockets) {
            socket.close().await(10, TimeUnit.SECONDS);
        }
    }
}
