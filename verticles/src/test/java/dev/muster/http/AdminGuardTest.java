package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.Credential;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard as other hosts meet it. The requests are real, but for the address that they seem to come from. */
class AdminGuardTest {
    private static final Credential TOKEN = new Credential("s3cret");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        var router = Router.router(vertx);
        HttpErrors.install(router);
        guard(router, "/far", "10.1.2.3", new AdminGuard(TOKEN, false));
        guard(router, "/far6", "2001:db8::1", new AdminGuard(TOKEN, false));
        guard(router, "/near", "127.3.2.1", new AdminGuard(TOKEN, false));
        guard(router, "/near6", "::1", new AdminGuard(TOKEN, false));
        guard(router, "/mapped", "::ffff:127.0.0.1", new AdminGuard(TOKEN, false));
        guard(router, "/tokenless", "10.1.2.3", new AdminGuard(Credential.NONE, false));
        guard(router, "/insecure", "10.1.2.3", new AdminGuard(Credential.NONE, true));
        guard(router, "/insecure-with-token", "10.1.2.3", new AdminGuard(TOKEN, true));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await(30, TimeUnit.SECONDS)
                .actualPort();
    }

    private static void guard(Router router, String path, String from, AdminGuard guard) {
        router.get(path)
                .handler(context -> guard.handle(seemingFrom(from, context)))
                .handler(context -> context.end("done"));
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/far", "/far6"})
    void shouldAskOtherHostsForTheToken(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).contains("--admin-token").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer s3cre", "Bearer s3cret2", "Bearer ", "s3cret", "Basic s3cret"})
    void shouldRefuseAWrongToken(String authorization) throws Exception {
        var answer = get("/far", "Authorization", authorization);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer s3cret", "bearer s3cret"})
    void shouldAdmitTheRightToken(String authorization) throws Exception {
        assertThat(get("/far", "Authorization", authorization).body()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/near", "/near6", "/mapped"})
    void shouldAskThisMachineForNothing(String path) throws Exception {
        assertThat(get(path).body()).isEqualTo("done");
    }

    @Test
    void shouldAdmitNoOtherHostWhenThereIsNoToken() throws Exception {
        assertThat(get("/tokenless").statusCode()).isEqualTo(403);
        assertThat(get("/tokenless", "Authorization", "Bearer ").statusCode()).isEqualTo(403);
    }

    @Test
    void shouldAdmitOtherHostsWithoutATokenOnlyWhenToldTo() throws Exception {
        assertThat(get("/insecure").body()).isEqualTo("done");
        assertThat(get("/insecure-with-token").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseForeignPagesWhateverTheyShow() throws Exception {
        var answer = get("/far", "Authorization", "Bearer s3cret", "Origin", "http://evil.example");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static RoutingContext seemingFrom(String address, RoutingContext context) {
        var remote = SocketAddress.inetSocketAddress(4711, address);
        var request = overriding(HttpServerRequest.class, context.request(), "remoteAddress", remote);
        return overriding(RoutingContext.class, context, "request", request);
    }

    /** The same object, but for what one of its methods answers. */
    private static <T> T overriding(Class<T> type, T original, String name, Object answer) {
        var proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().equals(name)) {
                return answer;
            }
            try {
                return method.invoke(original, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        return type.cast(proxy);
    }
}
