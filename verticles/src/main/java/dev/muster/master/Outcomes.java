package dev.muster.master;

import dev.muster.bus.Registered;
import dev.muster.bus.Registration;
import dev.muster.bus.Registrations;
import dev.muster.sql.BatchWriter;
import dev.muster.sql.SqlFailures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** What became of the registrations of one message. Belongs to one event loop. */
final class Outcomes {
    private final Promise<Registered> all = Promise.promise();
    private final List<Registered.Refused> refused = new ArrayList<>();
    private int open;

    private Outcomes(int open) {
        this.open = open;
    }

    /**
     * Writes all and completes with the last one. A message that the queue has no room for is refused whole: told with
     * the last one, the others would learn only after a commit that they are to try again.
     */
    static Future<Registered> of(Registrations asked, BatchWriter<Registration> writer) {
        var minions = asked.minions();
        if (minions.isEmpty()) {
            return Future.succeededFuture(Registered.ALL);
        }
        if (!writer.hasRoom(minions.size())) {
            return Future.failedFuture(BatchWriter.full());
        }
        var outcomes = new Outcomes(minions.size());
        for (int i = 0; i < minions.size(); i++) {
            int place = i;
            writer.write(minions.get(i))
                    .onComplete(stored -> outcomes.oneLess(), cause -> outcomes.refused(place, cause));
        }
        return outcomes.all.future();
    }

    private void refused(int place, Throwable cause) {
        refused.add(new Registered.Refused(place, SqlFailures.of(cause), String.valueOf(cause.getMessage())));
        oneLess();
    }

    private void oneLess() {
        open--;
        if (open == 0) {
            all.complete(refused.isEmpty() ? Registered.ALL : new Registered(refused));
        }
    }
}
