package dev.muster.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.measure.ArrivalProcess;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void shouldDeleteEachObjectALifeAfterItsCreationInOneOrder() {
        var schedule = new Schedule(ArrivalProcess.poisson(100, 42).first(1_000), 300_000_000L);
        var times = schedule.offsets();
        var cursor = schedule.cursor();
        var born = new long[1_000];

        long last = 0;
        int operations = 0;
        while (cursor.hasNext()) {
            cursor.next();
            operations++;
            assertThat(times.nextLong()).isEqualTo(cursor.offset()).isGreaterThanOrEqualTo(last);
            last = cursor.offset();
            if (cursor.verb() == Verb.CREATE) {
                born[(int) cursor.number()] = cursor.offset();
            } else {
                assertThat(cursor.offset() - born[(int) cursor.number()]).isEqualTo(300_000_000L);
            }
        }

        assertThat(operations).isEqualTo(2_000);
        assertThat(times.hasNext()).isFalse();
    }

    @Test
    void shouldCreateBeforeItDeletesWhenBothAreDue() {
        var cursor = new Schedule(ArrivalProcess.constant(10).first(2), 100_000_000L).cursor();

        cursor.next();
        cursor.next();

        assertThat(cursor.verb()).isEqualTo(Verb.CREATE);
        assertThat(cursor.number()).isEqualTo(1);
    }
}
