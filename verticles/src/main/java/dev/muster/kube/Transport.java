package dev.muster.kube;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes Vert.x's HTTP/2 client for the settings of a connection: whom to trust, and our own certificate. */
final class Transport {
    /** The default of 64 KiB makes large answers wait for window updates: seven times slower. */
    private static final int WINDOW = 16 << 20;

    private static final int CONNECT_MILLIS = 10_000;

    private Transport() {}

    static HttpClientAgent client(Vertx vertx, Access access) {
        var config = access.config();
        boolean tls = "https".equals(access.server().getScheme());
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(WINDOW)
                .setInitialSettings(
                        new Http2Settings().setInitialWindowSize(WINDOW).setPushEnabled(false))
                .setConnectTimeout(CONNECT_MILLIS)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true);
        if (tls) {
            secure(options, config);
        }
        proxy(access.server(), config).ifPresent(options::setProxyOptions);
        return vertx.httpClientBuilder().with(options).build();
    }

    private static void secure(HttpClientOptions options, Config config) {
        options.setSsl(true).setUseAlpn(true);
        if (OpenSSLEngineOptions.isAvailable()) { // native code is fast from the first request on
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
        if (config.isTrustCerts()) {
            options.setTrustAll(true).setVerifyHost(false);
        } else {
            pem(config.getCaCertData())
                    .ifPresent(data -> options.setTrustOptions(new PemTrustOptions().addCertValue(data)));
            if (config.getCaCertData() == null && config.getCaCertFile() != null) {
                options.setTrustOptions(new PemTrustOptions().addCertPath(config.getCaCertFile()));
            }
        }
        if (config.getClientCertData() != null || config.getClientCertFile() != null) {
            options.setKeyCertOptions(own(config));
        }
    }

    private static PemKeyCertOptions own(Config config) {
        var own = new PemKeyCertOptions();
        pem(config.getClientCertData())
                .ifPresentOrElse(own::addCertValue, () -> own.addCertPath(config.getClientCertFile()));
        pem(config.getClientKeyData())
                .ifPresentOrElse(own::addKeyValue, () -> own.addKeyPath(config.getClientKeyFile()));
        return own;
    }

    /** As a kubeconfig has it, in base64; an exec plugin tells it plain. */
    private static Optional<Buffer> pem(@Nullable String data) {
        if (data == null) {
            return Optional.empty();
        }
        return Optional.of(
                data.startsWith("-----BEGIN")
                        ? Buffer.buffer(data)
                        : Buffer.buffer(Base64.getMimeDecoder().decode(data.getBytes(StandardCharsets.US_ASCII))));
    }

    /** The one that the kubeconfig names for its cluster. */
    private static Optional<ProxyOptions> proxy(URI server, Config config) {
        var named = "https".equals(server.getScheme()) ? config.getHttpsProxy() : config.getHttpProxy();
        return Optional.ofNullable(named).map(URI::create).map(url -> new ProxyOptions()
                .setType(
                        url.getScheme().toLowerCase(Locale.ROOT).startsWith("socks")
                                ? ProxyType.SOCKS5
                                : ProxyType.HTTP)
                .setHost(url.getHost())
                .setPort(url.getPort()));
    }

    /** Where to connect to; the certificate is checked against the name that the settings give the server, if any. */
    static HttpConnectOptions where(Access access, URI endpoint) {
        boolean tls = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() >= 0 ? endpoint.getPort() : tls ? 443 : 80;
        var host = endpoint.getHost().replaceAll("[\\[\\]]", "");
        var name = Optional.ofNullable(access.config().getTlsServerName())
                .orElse(
                        endpoint.equals(access.server())
                                ? host
                                : access.server().getHost());
        return new HttpConnectOptions()
                .setServer(SocketAddress.inetSocketAddress(port, host))
                .setHost(name)
                .setPort(port)
                .setSsl(tls);
    }
}
