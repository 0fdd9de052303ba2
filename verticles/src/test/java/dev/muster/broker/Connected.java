package dev.muster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.Executor;

/** A connection without a network. */
final class Connected implements Output {
    final Unread unread;
    final StringBuilder written = new StringBuilder();
    boolean closed;
    int errors;
    long acknowledged;

    private final Gate gate;
    private final Conversation conversation;

    Connected(Gate gate) {
        this.gate = gate;
        assertThat(gate.admit()).isTrue();
        this.conversation = new Conversation(gate, this);
        this.unread = new Unread(conversation);
        gate.entered(conversation);
    }

    void read(String text) {
        read(Streams.bytes(text));
    }

    void read(byte[] bytes) {
        gate.parser().read(unread, Unpooled.wrappedBuffer(bytes));
    }

    /** The connection has ended. */
    void leave() {
        conversation.lost();
        gate.left(conversation);
    }

    @Override
    public void write(String text) {
        written.append(text);
        errors += text.startsWith("ERROR:") ? 1 : 0;
    }

    @Override
    public void acknowledge(long number, long sent) {
        acknowledged = number;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void flush() {}

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void cut() {
        closed = true;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public Executor loop() {
        return Runnable::run;
    }

    @Override
    public SocketAddress address() {
        return UnixDomainSocketAddress.of("none");
    }
}
