package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import ch.qos.logback.classic.Logger;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.threadchecker.BlockedThreadChecker;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.slf4j.LoggerFactory;

class NothingBlocksTest {
    @Test
    void shouldFailTheTestThatBlocksAnEventLoop() {
        // The extension that watches this very test must not see what the inner test does.
        ((Logger) LoggerFactory.getLogger(BlockedThreadChecker.LOGGER_NAME)).detachAndStopAllAppenders();

        var results = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .selectors(selectClass(Blocking.class))
                .execute();

        results.testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("shouldNotBlock"),
                                finishedWithFailure(message(told -> told.startsWith("A thread was blocked:")
                                        && told.contains("vert.x-eventloop-thread")))));
    }

    @ExtendWith(NothingBlocks.class)
    static class Blocking {
        @Test
        void shouldNotBlock() throws Exception {
            var vertx = Vertx.vertx(new VertxOptions()
                    .setBlockedThreadCheckInterval(20)
                    .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                    .setMaxEventLoopExecuteTime(50)
                    .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
            var blocked = new CountDownLatch(1);

            vertx.runOnContext(nothing -> {
                var never = new CountDownLatch(1);
                try {
                    assertThat(never.await(400, TimeUnit.MILLISECONDS)).isFalse();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                blocked.countDown();
            });

            assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
            vertx.close().await();
        }
    }
}
