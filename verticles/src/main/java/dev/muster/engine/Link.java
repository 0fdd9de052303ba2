package dev.muster.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection of an engine to the broker. For its event loop. */
final class Link extends ChannelInboundHandlerAdapter {
    /** In v1 a number is complete when nothing has followed it for so long. */
    private static final long SILENCE_MILLIS = 50;

    private final VirtualEngine engine;
    private final Reader reader;
    private final Writer writer;
    private final Channel channel;
    private @Nullable Future<?> silence;
    private String reason = "the broker has closed the connection";

    Link(VirtualEngine engine, Reader reader, Writer writer, Channel channel) {
        this.engine = engine;
        this.reader = reader;
        this.writer = writer;
        this.channel = channel;
    }

    void introduce(byte[] id, long last, byte[] token) {
        write(writer.introduction(channel.alloc(), id, last, token));
        channel.flush();
    }

    /** Sends a heartbeat; see {@link Writer#heartbeat}. */
    void heartbeat(byte[] id, long number, long sent, long late) {
        write(writer.heartbeat(channel.alloc(), id, number, sent, late));
        channel.flush();
    }

    /** An order has arrived. Sent when all that was read is understood. */
    void confirm(long order) {
        write(writer.confirm(channel.alloc(), order));
    }

    void done(long order, long cpuMillis) {
        write(writer.done(channel.alloc(), order, cpuMillis));
        channel.flush();
    }

    void bye() {
        write(writer.bye(channel.alloc()));
        channel.flush();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails comes to exceptionCaught()
    private void write(ByteBuf message) {
        channel.write(message, channel.voidPromise());
    }

    /** Whether the other end takes what is sent. */
    boolean isTaken() {
        return channel.isWritable();
    }

    /** Ends the connection; the engine is told when it has ended. The first reason counts. */
    @SuppressWarnings("FutureReturnValueIgnored") // the end comes to channelInactive()
    void close(String why) {
        if (channel.isOpen()) {
            reason = why;
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            reader.read((ByteBuf) message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
        var running = silence;
        if (running != null) {
            running.cancel(false);
            silence = null;
        }
        if (reader.waitsForSilence()) {
            silence = context.executor().schedule(this::silent, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void silent() {
        silence = null;
        reader.silence();
        channel.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reader.silence(); // nothing follows any more
        engine.disconnected(reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(String.valueOf(cause.getMessage()));
    }
}
