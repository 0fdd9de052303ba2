package dev.muster.blocks;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.internal.tcnative.SSLContext;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** OpenSSL that hands every key to a log: Vert.x makes each context by this factory, whatever certificate it is for. */
final class KeyLoggingOptions extends OpenSSLEngineOptions {
    /** What netty-tcnative takes for a context, which is not the pointer that Netty gives out. */
    private static final VarHandle NATIVE = nativeContext();

    private final KeyLog log;

    KeyLoggingOptions(KeyLog log) {
        this.log = log;
    }

    private static VarHandle nativeContext() {
        try {
            var type = ReferenceCountedOpenSslContext.class;
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup()).findVarHandle(type, "ctx", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public KeyLoggingOptions copy() {
        return new KeyLoggingOptions(log);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new Factory(super.sslContextFactory(), log);
    }

    private record Factory(SslContextFactory plain, KeyLog log) implements SslContextFactory {
        @Override
        public SslContextFactory useAlpn(boolean useAlpn) {
            plain.useAlpn(useAlpn);
            return this;
        }

        @Override
        public SslContextFactory clientAuth(ClientAuth clientAuth) {
            plain.clientAuth(clientAuth);
            return this;
        }

        @Override
        public SslContextFactory forClient(boolean forClient) {
            plain.forClient(forClient);
            return this;
        }

        @Override
        public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
            plain.keyMananagerFactory(keys);
            return this;
        }

        @Override
        public SslContextFactory trustManagerFactory(TrustManagerFactory trust) {
            plain.trustManagerFactory(trust);
            return this;
        }

        @Override
        public SslContextFactory enabledCipherSuites(Set<String> suites) {
            plain.enabledCipherSuites(suites);
            return this;
        }

        @Override
        public SslContextFactory applicationProtocols(List<String> protocols) {
            plain.applicationProtocols(protocols);
            return this;
        }

        @Override
        public SslContextFactory serverName(String name) {
            plain.serverName(name);
            return this;
        }

        @Override
        public SslContext create() throws SSLException {
            var context = plain.create();
            if (!(context instanceof ReferenceCountedOpenSslContext openSsl)
                    || !SSLContext.setKeyLogCallback((long) NATIVE.get(openSsl), (engine, line) -> log.add(line))) {
                throw new SSLException("this OpenSSL can't log keys; leave out --blocks-key-log");
            }
            return context;
        }
    }
}
