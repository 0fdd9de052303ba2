package dev.muster.minion;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathsTest {
    private static final Introduction WHO =
            new Introduction("host", "r:1", Map.of("pod", "p", "label.KEY", "a b&c=d+e/ü"));

    private final Paths paths = new Paths("/base", WHO);

    @Test
    void shouldRegisterWithAllThatTheMasterMayKnow() {
        var path = new QueryStringDecoder(paths.register(12, 3, 12_345_678));

        assertThat(path.path()).isEqualTo("/base/register");
        assertThat(path.parameters())
                .isEqualTo(Map.of(
                        "minion_id", List.of("host-12"),
                        "run", List.of("r:1"),
                        "pod", List.of("p"),
                        "label.KEY", List.of("a b&c=d+e/ü"),
                        "try", List.of("3"),
                        "age_ms", List.of("12.345")));
    }

    @Test
    void shouldTellTheErrorOnlyWhenThereIsOne() {
        assertThat(paths.task(1, 20_007)).isEqualTo("/base/task?minion_id=host-1&run=r%3A1&error_ms=20.007");
        assertThat(paths.task(1, -1)).isEqualTo("/base/task?minion_id=host-1&run=r%3A1");
    }

    @Test
    void shouldReportWhatBecameOfATask() {
        var path =
                new QueryStringDecoder(paths.report(1, new Report(9, new Outcome(false, 1_050, "no\nroute & more"))));

        assertThat(path.path()).isEqualTo("/base/task/report");
        assertThat(path.parameters())
                .isEqualTo(Map.of(
                        "minion_id", List.of("host-1"),
                        "run", List.of("r:1"),
                        "task", List.of("9"),
                        "done", List.of("false"),
                        "duration_ms", List.of("1.050"),
                        "detail", List.of("no route & more")));
    }
}
