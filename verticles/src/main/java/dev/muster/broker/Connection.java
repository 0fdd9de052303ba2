package dev.muster.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Netty side of one connection: bytes in, bytes out. A write that fails comes to {@link #exceptionCaught}, by the void
 * promise, and whatever closes the channel comes to {@link #handlerRemoved}.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelInboundHandlerAdapter implements Output {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** After so much silence a number is complete. */
    private static final long SILENCE_MILLIS = 50;

    private static final byte[] ACK = Wire.ascii("ACK:");

    private final Gate gate;
    private final Conversation conversation;
    private final Unread unread;
    private @Nullable ChannelHandlerContext context;
    private int reads;

    Connection(Gate gate) {
        this.gate = gate;
        this.conversation = new Conversation(gate, this);
        this.unread = new Unread(conversation);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        gate.entered(conversation);
    }

    /** The channel is closed, whoever did it. */
    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        conversation.lost();
        gate.left(conversation);
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        try {
            reads++;
            gate.parser().read(unread, (ByteBuf) message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext active) {
        active.flush();
        if (unread.awaitsSilence() && !unread.silenceAwaited) {
            awaitSilence(active);
        }
    }

    /** Few reads end inside a number that is not the expected one, so a timer for these alone is cheap. */
    private void awaitSilence(ChannelHandlerContext active) {
        unread.silenceAwaited = true;
        int before = reads;
        active.executor()
                .schedule(
                        () -> {
                            unread.silenceAwaited = false;
                            if (reads == before) {
                                gate.parser().silence(unread);
                                active.flush();
                            } else if (unread.awaitsSilence()) {
                                awaitSilence(active);
                            }
                        },
                        SILENCE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /** A peer that does not read gets nothing more read either: what waits for it stays bounded. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext active) {
        reads(active);
    }

    private void reads(ChannelHandlerContext active) {
        active.channel().config().setAutoRead(active.channel().isWritable() && !conversation.isWaiting());
    }

    @Override
    public void pause() {
        reads(context());
    }

    @Override
    public void resume() {
        gate.parser().resume(unread);
        channelReadComplete(context());
        reads(context());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error(
                    "event=broker.connection_failed address={}",
                    failed.channel().remoteAddress(),
                    cause);
        }
        failed.close(); // a reset connection ends as any other one
    }

    private ChannelHandlerContext context() {
        var active = context;
        if (active == null) {
            throw new IllegalStateException("the connection has no channel yet");
        }
        return active;
    }

    @Override
    public void write(String text) {
        var buffer = context().alloc().buffer(text.length());
        ByteBufUtil.writeAscii(buffer, text);
        context().write(buffer, context().voidPromise());
    }

    @Override
    public void acknowledge(long number, long sent) {
        var buffer = context().alloc().buffer(ACK.length + 2 * Wire.MAX_DIGITS + 2);
        buffer.writeBytes(ACK);
        writeNumber(buffer, number);
        buffer.writeByte(':');
        writeNumber(buffer, sent);
        buffer.writeByte('\n');
        context().write(buffer, context().voidPromise());
    }

    private static void writeNumber(ByteBuf buffer, long number) {
        long power = 1;
        while (number / power >= 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            buffer.writeByte((int) ('0' + number / power % 10));
        }
    }

    @Override
    public void flush() {
        context().flush();
    }

    @Override
    public void close() {
        var active = context();
        if (active.channel().isActive()) {
            active.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void cut() {
        context().close();
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public Executor loop() {
        return context().executor();
    }

    @Override
    public SocketAddress address() {
        return context().channel().remoteAddress();
    }
}
