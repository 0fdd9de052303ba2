package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CsvFileTest {
    private static final int FLUSHED = 1 << 16;

    @Test
    void shouldSayOnceThatTheDiskIsFullAndCountWhatIsLost() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(CsvFile.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        var vertx = Vertx.vertx();
        try {
            Future.<Void>future(done -> vertx.runOnContext(turn -> CsvFile.open(vertx, Path.of("/dev/full"))
                            .compose(file -> {
                                file.line("x".repeat(FLUSHED));
                                file.line("y".repeat(FLUSHED));
                                file.line("z");
                                return file.close();
                            })
                            .onComplete(closed -> done.complete())))
                    .await(30, TimeUnit.SECONDS);
        } finally {
            logger.detachAppender(log);
            vertx.close().await(30, TimeUnit.SECONDS);
        }

        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("event=csv.lines_lost file=/dev/full"),
                        last -> assertThat(last).isEqualTo("event=csv.incomplete file=/dev/full lines_lost=3"));
    }
}
