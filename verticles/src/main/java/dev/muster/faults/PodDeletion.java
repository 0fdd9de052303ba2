package dev.muster.faults;

import dev.muster.faults.Cluster.PodId;
import dev.muster.faults.FaultKind.Setting;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Deletes pods by their labels: all, or some that chance chooses. Their controller makes new ones. */
final class PodDeletion implements Deed {
    private final Cluster cluster;
    private final Settings settings;
    private final Random random;

    /** @param random chooses, the same for the same seed and the same pods */
    PodDeletion(Cluster cluster, Settings settings, Random random) {
        this.cluster = cluster;
        this.settings = settings;
        this.random = random;
    }

    @Override
    public Future<String> run(Runnable begin) {
        var selector = settings.target();
        return cluster.pods(settings.text(Setting.NAMESPACE), selector).compose(found -> {
            if (found.isEmpty()) {
                return Future.failedFuture("there is no pod " + selector);
            }
            var chosen = chosen(found);
            begin.run();
            return Future.join(chosen.stream()
                            .map(pod -> cluster.delete(pod, graceSeconds()))
                            .toList())
                    .map(deleted ->
                            "deleted " + chosen.stream().map(PodId::name).collect(Collectors.joining(", ")));
        });
    }

    private @Nullable Long graceSeconds() {
        return settings.text(Setting.GRACE)
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)).toSeconds())
                .orElse(null);
    }

    private List<PodId> chosen(List<PodId> found) {
        var all = new ArrayList<>(found);
        Collections.shuffle(all, random);
        int count = settings.text(Setting.COUNT).map(Integer::parseInt).orElse(all.size());
        return all.subList(0, Math.min(count, all.size()));
    }
}
