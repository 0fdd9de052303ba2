package dev.muster.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnJavaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                "-javaagent:jacoco.jar=destfile=a.exec",
                "-Dcom.sun.management.jmxremote.port=9010",
                "-XX:StartFlightRecording=filename=a.jfr",
                "-XX:HeapDumpPath=a.hprof",
                "-Xlog:gc*,safepoint:file=gc.log:time",
                "-Xlog:gc:file=gc.log",
                "-Xlog:gc:gc.log"
            })
    void shouldNotHandOnWhatTwoProcessesCannotShare(String option) {
        assertThat(OwnJava.shared(List.of(option))).isEmpty();
    }

    @Test
    void shouldHandOnAllElse() {
        var options = List.of(
                "-Xmx1g",
                "-Xlog:gc",
                "-Xlog:class+file=debug:stderr",
                "-Xlog:gc::time",
                "-XX:+HeapDumpOnOutOfMemoryError",
                "-Dcom.sun.management.jmxremote.authenticate=false");

        assertThat(OwnJava.shared(options)).isEqualTo(options);
    }
}
