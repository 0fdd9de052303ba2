package dev.muster.master;

import dev.muster.bus.MinionPage;
import dev.muster.bus.MinionPageQuery;
import dev.muster.http.Answers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Streams the table of minions, page by page, in constant memory: the next page is asked for when the client has taken
 * the last one.
 */
final class MinionExport {
    private static final int PAGE = 500;

    private final Function<MinionPageQuery, Future<MinionPage>> pages;

    MinionExport(Function<MinionPageQuery, Future<MinionPage>> pages) {
        this.pages = pages;
    }

    /** Answers with every minion, or with every minion of a run. */
    void stream(RoutingContext context, @Nullable String run) {
        var answer = new Answer(context, run, Answers.wantsJson(context));
        pages.apply(new MinionPageQuery(run, "", "", PAGE))
                .onSuccess(answer::begin)
                .onFailure(context::fail);
    }

    /** One answer. Each page is a step of its own, not a part of the step before: there is no limit to their number. */
    private final class Answer {
        private final RoutingContext context;
        private final @Nullable String run;
        private final boolean json;

        Answer(RoutingContext context, @Nullable String run, boolean json) {
            this.context = context;
            this.run = run;
            this.json = json;
        }

        void begin(MinionPage first) {
            context.response()
                    .setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, json ? "application/json" : "text/csv; charset=utf-8");
            send(first, json ? "[" : MinionCsv.HEADER, "\n");
        }

        /** Goes on when the bytes have left for the client; fails when the client has. */
        private void send(MinionPage page, String head, String separator) {
            boolean last = page.minions().size() < PAGE;
            context.response()
                    .write(head + text(page, separator) + (last && json ? "\n]\n" : ""))
                    .onSuccess(written -> {
                        if (last) {
                            context.response().end();
                        } else {
                            goOn(page.minions().get(PAGE - 1));
                        }
                    })
                    .onFailure(context::fail);
        }

        private void goOn(MinionPage.Row seen) {
            pages.apply(new MinionPageQuery(run, seen.run(), seen.minionId(), PAGE))
                    .onSuccess(next -> send(next, "", ",\n"))
                    .onFailure(context::fail);
        }

        private String text(MinionPage page, String separator) {
            var text = new StringBuilder();
            for (var minion : page.minions()) {
                if (json) {
                    text.append(text.isEmpty() ? separator : ",\n").append(Answers.encode(minion));
                } else {
                    text.append(MinionCsv.line(minion));
                }
            }
            return text.toString();
        }
    }
}
