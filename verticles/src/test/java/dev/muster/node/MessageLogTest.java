package dev.muster.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Cleaned;
import dev.muster.bus.Cleanup;
import dev.muster.bus.Credential;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MessageLogTest {
    private final Vertx vertx = Vertx.vertx();
    private final Logger logger = (Logger) LoggerFactory.getLogger(MessageLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @AfterEach
    void stop() throws Exception {
        logger.detachAppender(lines);
        logger.setLevel(null);
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldLogEachMessageWithoutItsToken() throws Exception {
        logger.setLevel(Level.TRACE);
        lines.start();
        logger.addAppender(lines);
        BusCodecs.register(vertx.eventBus());
        MessageLog.attach(vertx.eventBus());
        vertx.eventBus().<Cleanup>consumer(Addresses.CLEANUP, message -> message.reply(new Cleaned(7)));

        vertx.eventBus()
                .request(Addresses.CLEANUP, new Cleanup(new Credential("hunter2"), "r1"))
                .await(20, TimeUnit.SECONDS);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("event=message address=" + Addresses.CLEANUP + " body=Cleanup["))
                .anyMatch(line -> line.contains("Cleaned[minions=7]"))
                .noneMatch(line -> line.contains("hunter2"));
    }
}
