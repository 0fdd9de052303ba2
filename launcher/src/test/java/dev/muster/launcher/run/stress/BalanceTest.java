package dev.muster.launcher.run.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.run.stress.BalanceClient.Answer;
import dev.muster.launcher.run.stress.Spread.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a Service's answers are counted, without any pod. */
class BalanceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTellWhoAnsweredHowManyRequestsInEachHalf() throws IOException {
        var spread = new Spread();
        for (int i = 0; i < 3; i++) {
            spread.answered(Phase.BEFORE, new Answer(200, "a"), 1_000_000);
        }
        spread.answered(Phase.BEFORE, new Answer(200, "b"), 2_000_000);
        spread.answered(Phase.AFTER, new Answer(503, "b"), 2_000_000);
        spread.answered(Phase.AFTER, new Answer(200, ""), 2_000_000);
        spread.answered(Phase.AFTER, null, 2_000_000);
        assertThat(spread.stressed(new Answer(202, "b"))).isTrue();

        spread.write(folder.resolve("balance.csv"));

        assertThat(spread.failed()).isEqualTo(3);
        assertThat(spread.answers()).isEqualTo(Map.of("a", 3L, "b", 1L));
        assertThat(Files.readAllLines(folder.resolve("balance.csv")))
                .startsWith("phase,pod,stressed,requests,failed,share,p50_ms,p99_ms,max_ms")
                .anyMatch(line -> line.startsWith("before,a,false,3,0,0.7500,1.0"))
                .anyMatch(line -> line.startsWith("before,b,true,1,0,0.2500,,,2.0"))
                .contains("after,-,false,0,2,0.0000,,,", "after,b,true,0,1,0.0000,,,");
    }

    @Test
    void shouldMeasureTheSpreadOverThePodsThatThereAreNotOverThoseThatAnswered() {
        assertThat(BalanceLoad.evenness(Map.of("a", 120L), 4)).hasValue(4.0);
        assertThat(BalanceLoad.evenness(Map.of("a", 3L, "b", 1L), 2)).hasValue(1.5);
        assertThat(BalanceLoad.evenness(Map.of("a", 1L, "new", 1L), 1))
                .as("more have come")
                .hasValue(1.0);
        assertThat(BalanceLoad.evenness(Map.of(), 2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"202, a, true", "403, a, false", "503, a, false", "200, a, false", "202, '', false"})
    void shouldKnowWhetherAPodHasTakenTheLoad(int status, String pod, boolean taken) {
        var spread = new Spread();

        assertThat(spread.stressed(new Answer(status, pod))).isEqualTo(taken);
        assertThat(spread.isStressed()).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "http://stress:8080, true",
        "http://10.0.0.1, true",
        "http://[::1]:8080/, true",
        "https://stress, false",
        "stress:8080, false",
        "http://stress/x, false"
    })
    void shouldTakeTheUrlOfAService(String url, boolean good) {
        assertThat(BalanceClient.isUrl(url)).isEqualTo(good);
    }
}
