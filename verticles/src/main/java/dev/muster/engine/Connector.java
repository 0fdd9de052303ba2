package dev.muster.engine;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.List;

/** Makes connections to the broker on one event loop, from the source addresses in turns. */
final class Connector {
    /** Answers are short; a buffer of this size is all that an idle connection ever needs. */
    private static final int READ_BYTES = 256;

    private final Bootstrap bootstrap;
    private final InetSocketAddress broker;
    private final List<InetSocketAddress> sources;

    Connector(Vertx vertx, EventLoop loop, Setup setup) {
        broker = setup.broker();
        sources = setup.sources().stream()
                .map(address -> new InetSocketAddress(address, 0))
                .toList();
        var internal = (VertxInternal) vertx;
        bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(internal.transport().channelFactory(false))
                .resolver(internal.nameResolver().nettyAddressResolverGroup())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) setup.timeoutMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
        if (vertx.isNativeTransportEnabled() && !sources.isEmpty()) {
            // The port is chosen when the broker is known: each of its ports then has all ports of each address.
            bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        }
    }

    /** Begins to connect. */
    ChannelFuture connect(int engine) {
        var with = bootstrap.clone().handler(new Nothing());
        return sources.isEmpty() ? with.connect(broker) : with.connect(broker, sources.get(engine % sources.size()));
    }

    /** Netty wants a handler from the start; the engine adds its own when it is connected. */
    private static final class Nothing extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {}
    }
}
