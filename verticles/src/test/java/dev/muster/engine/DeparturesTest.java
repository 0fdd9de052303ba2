package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private final List<String> ends = new ArrayList<>();
    private final Departures departures = new Departures(3, (code, reason) -> ends.add(code + " " + reason));

    @Test
    void shouldEndAfterTheLastWithItsCode() {
        departures.killed(1);
        departures.killed(2);
        assertThat(ends).isEmpty();

        departures.killed(0);

        assertThat(ends).containsExactly("0 the broker has killed all 3 engines: exit code 0");
    }

    @Test
    void shouldNotHideThatOneGaveUpBehindTheOthers() {
        departures.gaveUp("why");
        departures.killed(0);
        departures.killed(0);

        assertThat(ends).containsExactly("1 1 of 3 engines have given up, the last one: why");
    }
}
