package dev.muster.kube;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends requests that the server may put off: after a 429 one waits as the server asks and is sent again, up to ten times in
 * all. For the client's event loop.
 */
public final class Patient {
    private final Vertx vertx;
    private final ApiClient client;
    private final Consumer<Duration> throttled;
    /** Those that wait, by their timers. */
    private final Map<Long, Attempt> waiting = new HashMap<>();

    private boolean hurried;

    /** @param throttled told with each 429 how long the server asks to wait */
    public Patient(ApiClient client, Consumer<Duration> throttled) {
        this.vertx = client.vertx();
        this.client = client;
        this.throttled = throttled;
    }

    /**
     * Sends a request.
     *
     * @param request makes it, anew for each try
     * @param ended told once what became of it: after too many tries that the server refused it
     */
    public void send(Supplier<ApiRequest> request, Consumer<Outcome> ended) {
        new Attempt(request, ended).send();
    }

    /** Nothing waits any more: what the server has put off is told as refused, now and from now on. */
    public void hurry() {
        hurried = true;
        List.copyOf(waiting.entrySet()).forEach(each -> {
            if (vertx.cancelTimer(each.getKey())) {
                waiting.remove(each.getKey());
                each.getValue().giveUp();
            }
        });
    }

    private final class Attempt {
        private final Supplier<ApiRequest> request;
        private final Consumer<Outcome> ended;
        private int tries;
        private Outcome last = new Outcome.NotSent("not tried");

        Attempt(Supplier<ApiRequest> request, Consumer<Outcome> ended) {
            this.request = request;
            this.ended = ended;
        }

        void send() {
            tries++;
            client.send(request.get(), this::answered);
        }

        private void answered(Outcome outcome) {
            last = outcome;
            if (!(outcome instanceof Outcome.Refused refused && refused.throttled())) {
                ended.accept(outcome);
                return;
            }
            var asked = Patience.asked(refused.retryAfter());
            throttled.accept(asked);
            Patience.pause(tries, asked).filter(millis -> !hurried).ifPresentOrElse(this::sendAfter, this::giveUp);
        }

        private void sendAfter(long millis) {
            long timer = vertx.setTimer(millis, due -> {
                waiting.remove(due);
                send();
            });
            waiting.put(timer, this);
        }

        private void giveUp() {
            ended.accept(last);
        }
    }
}
