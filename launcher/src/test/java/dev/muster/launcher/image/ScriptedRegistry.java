package dev.muster.launcher.image;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry, as much of it as a push takes, over plain HTTP on loopback. It keeps what it is given byte for byte. The
 * paths, answers and headers are those of the OCI distribution specification, version 1.1, section "Endpoints".
 */
final class ScriptedRegistry implements AutoCloseable {
    private static final Pattern PATH = Pattern.compile("/v2/team/muster/(blobs/uploads|blobs|manifests)/(.*)");

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final String authorization;
    private final Map<String, Buffer> uploads = new ConcurrentHashMap<>();
    private final Map<String, Buffer> blobs = new ConcurrentHashMap<>();
    private final Map<String, Stored> manifests = new ConcurrentHashMap<>();

    /** A manifest as it was given. */
    record Stored(String mediaType, Buffer bytes) {}

    private ScriptedRegistry(String authorization) {
        this.authorization = authorization;
        this.server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** That anybody may push to. */
    static ScriptedRegistry open() {
        return new ScriptedRegistry("");
    }

    /**
     * That asks for a name and a password.
     *
     * @param authorization the header that it takes
     */
    static ScriptedRegistry guarded(String authorization) {
        return new ScriptedRegistry(authorization);
    }

    /** As {@code --registry} names it. */
    String name() {
        return host() + "/team";
    }

    String host() {
        return "127.0.0.1:" + server.actualPort();
    }

    /** The tags and digests that manifests are kept under. */
    Set<String> references() {
        return manifests.keySet();
    }

    /** A manifest, by tag or digest, that has to be there. */
    Stored manifest(String reference) {
        return Optional.ofNullable(manifests.get(reference)).orElseThrow(() -> new AssertionError("no " + reference));
    }

    /** A blob that has to be there. */
    Buffer blob(String digest) {
        return Optional.ofNullable(blobs.get(digest)).orElseThrow(() -> new AssertionError("no " + digest));
    }

    static String digest(Buffer bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes.getBytes());
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void answer(HttpServerRequest request, Buffer body) {
        var path = PATH.matcher(request.path());
        if (!authorization.isEmpty() && !authorization.equals(request.getHeader("Authorization"))) {
            request.response().putHeader("WWW-Authenticate", "Basic realm=\"test\"");
            end(request, 401);
        } else if (request.path().equals("/v2/")) {
            end(request, 200);
        } else if (!path.matches()) {
            end(request, 404);
        } else if (path.group(1).equals("manifests")) {
            manifest(request, path.group(2), body);
        } else if (path.group(1).equals("blobs")) {
            end(request, blobs.containsKey(path.group(2)) ? 200 : 404);
        } else {
            upload(request, path, body);
        }
    }

    private void manifest(HttpServerRequest request, String reference, Buffer body) {
        if (request.method().equals(HttpMethod.PUT)) {
            var stored = new Stored(request.getHeader("Content-Type"), body);
            manifests.put(reference, stored);
            manifests.put(digest(body), stored);
            request.response().putHeader("Docker-Content-Digest", digest(body));
            end(request, 201);
            return;
        }
        Optional.ofNullable(manifests.get(reference))
                .ifPresentOrElse(
                        stored -> request.response()
                                .putHeader("Content-Type", stored.mediaType())
                                .putHeader("Docker-Content-Digest", digest(stored.bytes()))
                                .end(stored.bytes()),
                        () -> end(request, 404));
    }

    /** POST begins it, PATCH brings the bytes, PUT says what their digest is. */
    private void upload(HttpServerRequest request, Matcher path, Buffer body) {
        var id = request.method().equals(HttpMethod.POST) ? UUID.randomUUID().toString() : path.group(2);
        var bytes = uploads.computeIfAbsent(id, any -> Buffer.buffer()).appendBuffer(body);
        request.response().putHeader("Location", "/v2/team/muster/blobs/uploads/" + id);
        if (!request.method().equals(HttpMethod.PUT)) {
            end(request, 202);
        } else if (digest(bytes).equals(request.getParam("digest"))) {
            blobs.put(digest(bytes), bytes);
            end(request, 201);
        } else {
            end(request, 400);
        }
    }

    private static void end(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
