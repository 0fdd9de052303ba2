package dev.muster.minion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.bus.TaskKind;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {
    @Test
    void shouldReadATask() {
        var assignment = Assignment.parse("17 http 3000 http://host:80/a?b=c\n");

        assertThat(assignment).isEqualTo(new Assignment.Task(17, TaskKind.HTTP, 3000, "http://host:80/a?b=c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "17",
                "17 http",
                "17 http 3000",
                "17 http 3000 a b",
                "17 ftp 3000 host",
                "17 http soon host",
                "17 http 0 host",
                "17 http 3600001 host",
                "17 http 99999999999999999999 host"
            })
    void shouldNameTheTaskThatItDoesNotUnderstand(String line) {
        var assignment = Assignment.parse(line);

        assertThat(assignment)
                .isInstanceOfSatisfying(Assignment.Malformed.class, malformed -> assertThat(malformed.number())
                        .isEqualTo(Optional.of(17L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "http 3000 host", "x17 http 3000 host", "99999999999999999999 http 3000 host", "<html>"
            })
    void shouldNotInventANumber(String line) {
        var assignment = Assignment.parse(line);

        assertThat(assignment)
                .isInstanceOfSatisfying(Assignment.Malformed.class, malformed -> assertThat(malformed.number())
                        .isEmpty());
    }

    @Property
    void shouldReadAnythingWithoutFailing(@ForAll String line) {
        assertThat(Assignment.parse(line)).isNotNull();
    }
}
