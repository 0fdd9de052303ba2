package dev.muster.master;

import dev.muster.bus.MinionPage;
import dev.muster.bus.MinionPageQuery;
import dev.muster.http.Answers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
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
        boolean json = Answers.wantsJson(context);
        pages.apply(new MinionPageQuery(run, "", "", PAGE))
                .onFailure(context::fail)
                .onSuccess(first -> {
                    var response = context.response().setChunked(true);
                    response.putHeader(HttpHeaders.CONTENT_TYPE, json ? "application/json" : "text/csv; charset=utf-8");
                    response.write(json ? "[" : MinionCsv.HEADER)
                            .compose(begun -> rest(response, run, first, json, true))
                            .onSuccess(all -> response.end(json ? "\n]\n" : ""))
                            .onFailure(context::fail);
                });
    }

    private Future<Void> rest(
            HttpServerResponse response, @Nullable String run, MinionPage page, boolean json, boolean first) {
        if (page.minions().isEmpty()) {
            return Future.succeededFuture();
        }
        return response.write(text(page, json, first))
                .compose(written -> drained(response))
                .compose(drained -> {
                    if (page.minions().size() < PAGE) {
                        return Future.succeededFuture();
                    }
                    var last = page.minions().get(PAGE - 1);
                    return pages.apply(new MinionPageQuery(run, last.run(), last.minionId(), PAGE))
                            .compose(next -> rest(response, run, next, json, false));
                });
    }

    private static String text(MinionPage page, boolean json, boolean first) {
        var text = new StringBuilder();
        for (var minion : page.minions()) {
            if (json) {
                text.append(first && text.isEmpty() ? "\n" : ",\n").append(Answers.encode(minion));
            } else {
                text.append(MinionCsv.line(minion));
            }
        }
        return text.toString();
    }

    private static Future<Void> drained(HttpServerResponse response) {
        if (!response.writeQueueFull()) {
            return Future.succeededFuture();
        }
        var drained = Promise.<Void>promise();
        response.drainHandler(ready -> drained.tryComplete());
        response.exceptionHandler(drained::tryFail);
        return drained.future();
    }
}
