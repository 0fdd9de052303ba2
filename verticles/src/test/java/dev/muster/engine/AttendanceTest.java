package dev.muster.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttendanceTest {
    private final AtomicInteger calls = new AtomicInteger();
    private final Attendance attendance = new Attendance(2, calls::incrementAndGet);

    @Test
    void shouldNotTakeTheReturnOfOneForTheArrivalOfAnother() {
        attendance.came();
        attendance.went();
        attendance.came();
        assertThat(calls).hasValue(0);

        attendance.came();

        assertThat(calls).hasValue(1);
    }

    @Test
    void shouldTellItOnce() {
        attendance.came();
        attendance.came();
        attendance.went();

        attendance.came();

        assertThat(calls).hasValue(1);
    }
}
