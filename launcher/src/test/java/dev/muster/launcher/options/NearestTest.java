package dev.muster.launcher.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> ROLES = List.of("master", "minion", "collector", "local");

    @Test
    void shouldFindTheNameWithTheFewestEdits() {
        assertThat(Nearest.to("mater", ROLES)).contains("master");
        assertThat(Nearest.to("Minoin", ROLES)).contains("minion");
        assertThat(Nearest.to("colector", ROLES)).contains("collector");
    }

    @Test
    void shouldFindNothingThatIsFar() {
        assertThat(Nearest.to("driver", ROLES)).isEmpty();
        assertThat(Nearest.to("x", ROLES)).isEmpty();
        assertThat(Nearest.question("driver", ROLES)).isEmpty();
    }

    @Test
    void shouldCountASwapOfNeighboursAsOneEdit() {
        assertThat(Nearest.distance("port", "prot")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("abc", "abc")).isZero();
        assertThat(Nearest.distance("abc", "axcd")).isEqualTo(2);
    }
}
