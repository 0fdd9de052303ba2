package dev.muster.launcher.guard;

import dev.muster.kube.Access;
import dev.muster.kube.ApiClient;
import dev.muster.launcher.command.StartException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks an API server, and waits for the answers. Blocks; not for an event loop. */
final class Asking implements AutoCloseable {
    private static final long MOST_MINUTES = 60;
    private static final long CLOSE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final ApiClient client;

    Asking(Access access) {
        client = await(
                () -> Future.succeededFuture(new ApiClient(vertx, access, ApiClient.Settings.single("muster-guard"))));
    }

    /**
     * What a question on the event loop gives in the end.
     *
     * @throws StartException with the server's words when it says no
     */
    <T> T ask(Function<ApiClient, Future<T>> question) {
        return await(() -> question.apply(client));
    }

    private interface Call<T> {
        Future<T> begin();
    }

    private <T> T await(Call<T> call) {
        Promise<T> done = Promise.promise();
        context.runOnContext(turn -> call.begin().onComplete(done));
        try {
            return done.future().await(MOST_MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new StartException("not done within " + MOST_MINUTES + " minutes", e);
        } catch (VertxException e) { // what the server says no to is told in words
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // what a future fails with comes as it is
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        try {
            vertx.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StartException("the connection to the API server did not end", e);
        }
    }
}
