package dev.muster.minion;

import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Resolves a host name as programs in a pod do, with /etc/hosts and the search domains of /etc/resolv.conf, but without
 * any cache: the JVM's and Vert.x's would answer in the name server's place for all but the first of many minions.
 */
final class DnsAction implements Action {
    private final ContextInternal eventLoop;
    private final DnsNameResolver resolver;

    /** To be called on the event loop that will perform. */
    DnsAction(Vertx vertx) {
        this.eventLoop = (ContextInternal) vertx.getOrCreateContext();
        var transport = ((VertxInternal) vertx).transport();
        this.resolver = new DnsNameResolverBuilder(eventLoop.nettyEventLoop())
                .datagramChannelFactory(transport::datagramChannel)
                .resolveCache(NoopDnsCache.INSTANCE)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .build();
    }

    @Override
    public Future<String> perform(String spec, long timeoutMillis) {
        var found = eventLoop.<List<InetAddress>>promise();
        resolver.resolveAll(spec).addListener(found);
        return found.future().map(DnsAction::text);
    }

    private static String text(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" "));
    }

    @Override
    public Future<Void> close() {
        resolver.close();
        return Future.succeededFuture();
    }
}
