package dev.muster.informer;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Listens to the requests of fabric8's informer, for the beginning and the end of each watch. On threads of its client. */
final class Requests implements Interceptor {
    private static final int OK = 200;

    private final HandOver handOver;
    private final WatchLife watch;

    Requests(HandOver handOver, WatchLife watch) {
        this.handOver = handOver;
        this.watch = watch;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whatever ends the body, it is told
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (!isWatch(request)) {
            return;
        }
        int status = response.code();
        if (status != OK) {
            handOver.tell(() -> watch.refused(status, String.valueOf(response.message())));
            return;
        }
        handOver.tell(watch::opened);
        if (response.body() instanceof AsyncBody body) {
            body.done().whenComplete((done, cause) -> ended(cause));
        }
    }

    private void ended(@Nullable Throwable cause) {
        // The informer itself ends a watch after some minutes, as others do by a time limit.
        if (cause == null || cause instanceof CancellationException) {
            handOver.tell(watch::ended);
        } else {
            handOver.tell(() -> watch.lost(String.valueOf(cause)));
        }
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable cause) {
        handOver.tell(() -> watch.lost(String.valueOf(cause)));
    }

    private static boolean isWatch(HttpRequest request) {
        return Objects.requireNonNullElse(request.uri().getQuery(), "").contains("watch=true");
    }
}
