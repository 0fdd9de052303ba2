package dev.muster.broker;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A parser, and all that it says, as vectors.txt writes it; heartbeats count as a broker counts them. */
final class Heard implements Input {
    final List<String> messages = new ArrayList<>();
    final Unread unread = new Unread(this);
    private final Parser parser = new Parser();
    private long last;

    void read(String text) {
        read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void read(byte[] bytes) {
        parser.read(unread, Unpooled.wrappedBuffer(bytes));
    }

    void silence() {
        parser.silence(unread);
    }

    @Override
    public boolean isWaiting() {
        return false;
    }

    @Override
    public void newEngine(int version, byte[] id, long count, boolean hasToken, long token) {
        last = count;
        messages.add(
                "NewEngine " + text(id, 0, id.length) + " " + count + (hasToken ? String.format(" %016x", token) : ""));
    }

    @Override
    public void heartBeat(byte[] buffer, int idFrom, int idTo, long number, long sent, long late) {
        last = number == last + 1 ? number : last;
        messages.add("HeartBeat " + text(buffer, idFrom, idTo) + " " + number + (sent < 0 ? "" : " " + sent)
                + (late < 0 ? "" : " " + late));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    @Override
    public void confirm(long order) {
        messages.add("CONFIRM " + order);
    }

    @Override
    public void done(long order, long cpuMillis) {
        messages.add("DONE " + order + " " + cpuMillis);
    }

    @Override
    public void bye() {
        messages.add("BYE");
    }

    @Override
    public void malformed() {
        messages.add("Malformed");
    }

    @Override
    public long last() {
        return last;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
