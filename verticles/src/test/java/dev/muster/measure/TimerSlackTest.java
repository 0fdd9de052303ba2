package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class TimerSlackTest {
    @Test
    void shouldWantTheLeastForTheCallingThreadAlone() throws Exception {
        var before = slack();

        var ofAnother = inAnotherThread(() -> {
            assertThat(TimerSlack.least()).isTrue();
            return slack();
        });

        assertThat(ofAnother).isEqualTo("1");
        assertThat(slack()).isEqualTo(before).isNotEqualTo("1");
    }

    private static String slack() throws Exception {
        return Files.readString(TimerSlack.ofCurrentThread()).strip();
    }

    private static <T> T inAnotherThread(Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        new Thread(task, "another").start();
        return task.get();
    }
}
