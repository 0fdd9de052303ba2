package dev.muster.blocks;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the server's certificate again and again, and gives it to the server when it has changed: new connections get it,
 * those that there are go on. One that can't be used leaves the last good one in place.
 */
final class CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final Vertx vertx;
    private final Certificate certificate;
    private final HttpServer server;
    private final HttpServerOptions options;
    private KeyCertOptions last;
    private String complaint = "";

    /**
     * @param used what the server has now
     * @param options those of the server
     */
    CertificateWatch(
            Vertx vertx, Certificate certificate, KeyCertOptions used, HttpServer server, HttpServerOptions options) {
        this.vertx = vertx;
        this.certificate = certificate;
        this.last = used;
        this.server = server;
        this.options = options;
    }

    /** Begins to watch, where there is something that may change. */
    void every(long millis) {
        if (certificate instanceof Certificate.OfFiles) {
            vertx.setPeriodic(millis, timer -> look());
        }
    }

    private void look() {
        vertx.executeBlocking(certificate::read)
                .onSuccess(read -> {
                    if (!read.equals(last)) {
                        use(read);
                    }
                })
                .onFailure(this::complain);
    }

    private void use(KeyCertOptions changed) {
        server.updateSSLOptions(options.getSslOptions().copy().setKeyCertOptions(changed))
                .onSuccess(used -> {
                    last = changed;
                    complaint = "";
                    LOG.info("event=blocks.certificate_reloaded file={}", certificate.name());
                })
                .onFailure(this::complain);
    }

    /** Once for each reason: files that are being replaced are read again a second later. */
    private void complain(Throwable cause) {
        var text = String.valueOf(cause.getMessage());
        if (!text.equals(complaint)) {
            complaint = text;
            LOG.warn(
                    "event=blocks.certificate_unusable file={} cause=\"{}\" note=\"the last good one stays in use\"",
                    certificate.name(),
                    text);
        }
    }
}
