package dev.muster.blocks;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.util.List;

/** How the client's connections are made. */
final class ClientOptions {
    private static final int CONNECT_MILLIS = 10_000;

    private ClientOptions() {}

    static HttpClientOptions of(Setup setup, Tls tls) {
        var version = setup.http11() ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_2;
        var options = new HttpClientOptions()
                .setProtocolVersion(version)
                .setAlpnVersions(List.of(version))
                .setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(setup.window())
                .setInitialSettings(new Http2Settings()
                        .setPushEnabled(false)
                        .setInitialWindowSize(setup.window())
                        .setMaxFrameSize(setup.frame()))
                .setConnectTimeout(CONNECT_MILLIS)
                .setTcpNoDelay(true);
        if (!setup.tls()) {
            return options;
        }
        tls.into(options);
        var ca = setup.ca();
        if (setup.insecure()) {
            options.setTrustAll(true).setVerifyHost(false);
        } else if (ca != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()));
        }
        return options;
    }
}
