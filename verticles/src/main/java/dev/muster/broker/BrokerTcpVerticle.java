package dev.muster.broker;

import dev.muster.http.HttpServers;
import dev.muster.node.Node;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop that accepts and holds connections; the kernel spreads them over the instances. */
final class BrokerTcpVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerTcpVerticle.class);

    /** A read of a heartbeat is far shorter; an allocator that guesses sizes costs more. */
    private static final int READ_BYTES = 256;

    private static final int BACKLOG = 4096;
    private static final long SWEEP_MILLIS = 1_000;
    private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(4 * 1024, 8 * 1024);

    private final BrokerOptions options;
    private final Node node;
    private final Gate.Shared shared;
    private final Port port;
    private @Nullable Gate gate;
    private @Nullable Channel listening;

    BrokerTcpVerticle(BrokerOptions options, Node node, Gate.Shared shared, Port port) {
        this.options = options;
        this.node = node;
        this.shared = shared;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        var loop = ((ContextInternal) context).nettyEventLoop();
        var opened = new Gate(
                shared,
                new Instruments(node.telemetry(), options.heartbeat()),
                options.handshake().toMillis());
        gate = opened;
        vertx.setPeriodic(SWEEP_MILLIS, timer -> opened.sweep());
        return port.bind(number -> bind(bootstrap(loop, opened), number)).onSuccess(bound -> node.endpoints()
                .listening(
                        "broker",
                        URI.create(HttpServers.url(node.bindAddress(), bound)).getAuthority()));
    }

    @Override
    public Future<?> stop() {
        var server = listening;
        if (server == null || gate == null) {
            return Future.succeededFuture();
        }
        var held = gate;
        var closed = Promise.<Void>promise();
        server.close().addListener(done -> closed.complete());
        return closed.future().compose(done -> held.close(server.eventLoop()));
    }

    private ServerBootstrap bootstrap(EventLoop loop, Gate gate) {
        var factory = ((VertxInternal) vertx).transport().serverChannelFactory(false);
        return new ServerBootstrap()
                .group(loop, loop)
                .channelFactory(() -> reusingThePort(factory.newChannel()))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new AcceptFailures())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, sharedByAll(READ_BYTES))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, gate);
                    }
                });
    }

    /** One for all channels of the event loop: it knows something only while one of them is read. */
    private static RecvByteBufAllocator sharedByAll(int bytes) {
        var reading = new FixedRecvByteBufAllocator(bytes).newHandle();
        return () -> reading;
    }

    private static ServerChannel reusingThePort(ServerChannel channel) {
        if (channel instanceof NioServerSocketChannel) {
            channel.config().setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        } else {
            channel.config().setOption(UnixChannelOption.SO_REUSEPORT, true);
        }
        return channel;
    }

    private static void accept(Channel channel, Gate gate) {
        if (gate.admit()) {
            channel.pipeline().addLast(new Connection(gate));
        } else {
            channel.writeAndFlush(Unpooled.wrappedBuffer(Wire.ascii(gate.refusal())))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private Future<Integer> bind(ServerBootstrap bootstrap, int number) {
        var bound = Promise.<Integer>promise();
        bootstrap.bind(new InetSocketAddress(node.bindAddress(), number)).addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                listening = done.channel();
                bound.complete(((InetSocketAddress) done.channel().localAddress()).getPort());
            } else {
                bound.fail(bindFailure(done.cause()));
            }
        });
        return bound.future();
    }

    /** The native transport has an error of its own for a port that can't be had; the launcher knows the JDK's. */
    private static Throwable bindFailure(Throwable cause) {
        if (cause instanceof IOException && !(cause instanceof BindException)) {
            var failure = new BindException(cause.getMessage());
            failure.initCause(cause);
            return failure;
        }
        return cause;
    }

    /** Netty stops accepting for a second when there are no files left, and goes on: the user must know why. */
    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.error(
                    "event=broker.accept_failed cause=\"{}\" fix=\"raise the limit of open files (ulimit -n) or lower"
                            + " --broker-max-connections\"",
                    cause.getMessage());
            context.fireExceptionCaught(cause);
        }
    }
}
