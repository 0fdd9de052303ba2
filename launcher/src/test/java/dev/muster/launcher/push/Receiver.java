package dev.muster.launcher.push;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A monitoring system that keeps what it is sent. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Pushed> pushed = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** One request. */
    record Pushed(String path, Map<String, String> headers, ByteString body) {}

    /**
     * One series of a remote write.
     *
     * @param names of its labels in the order sent
     * @param samples value by time
     */
    record Series(Map<String, String> labels, List<String> names, Map<Long, Double> samples) {}

    private Receiver(int status, boolean hangs) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> receive(exchange, status, hangs));
        server.start();
    }

    static Receiver answering(int status) throws IOException {
        return new Receiver(status, false);
    }

    static Receiver hanging() throws IOException {
        return new Receiver(200, true);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    List<Pushed> pushed() {
        return List.copyOf(pushed);
    }

    private void receive(HttpExchange exchange, int status, boolean hangs) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        pushed.add(new Pushed(
                exchange.getRequestURI().getPath(), headers, ByteString.readFrom(exchange.getRequestBody())));
        if (hangs) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        var answer = (status == 200 ? "" : "out of order sample\nand more").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** What a remote write says: a message is read without a schema, by the numbers of its fields. */
    static List<Series> series(ByteString body) throws IOException {
        var plain = Unpooled.buffer();
        new Snappy().decode(Unpooled.wrappedBuffer(body.toByteArray()), plain);
        var all = new ArrayList<Series>();
        for (var one : UnknownFieldSet.parseFrom(ByteBufUtil.getBytes(plain))
                .getField(1)
                .getLengthDelimitedList()) {
            var fields = UnknownFieldSet.parseFrom(one);
            var labels = new TreeMap<String, String>();
            var names = new ArrayList<String>();
            for (var label : fields.getField(1).getLengthDelimitedList()) {
                var pair = UnknownFieldSet.parseFrom(label);
                var name = pair.getField(1).getLengthDelimitedList().get(0).toStringUtf8();
                names.add(name);
                labels.put(
                        name, pair.getField(2).getLengthDelimitedList().get(0).toStringUtf8());
            }
            var samples = new TreeMap<Long, Double>();
            for (var sample : fields.getField(2).getLengthDelimitedList()) {
                var pair = UnknownFieldSet.parseFrom(sample);
                samples.put(
                        pair.getField(2).getVarintList().get(0),
                        Double.longBitsToDouble(
                                pair.getField(1).getFixed64List().get(0)));
            }
            all.add(new Series(labels, names, samples));
        }
        return all;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
