package dev.muster.minion;

import static dev.muster.minion.ScriptedMaster.eventually;
import static dev.muster.minion.ScriptedMaster.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.bus.Addresses;
import dev.muster.bus.BusCodecs;
import dev.muster.bus.Command;
import dev.muster.bus.Command.Action;
import dev.muster.bus.Credential;
import dev.muster.bus.Failure;
import dev.muster.minion.MinionOptions.Arrival;
import dev.muster.node.Identity;
import dev.muster.node.Node;
import dev.muster.testing.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MinionVerticleTest {
    private final Vertx vertx = Vertx.vertx();
    private final Node node = TestNode.of(new Identity("i", "1", "b", "minion"), new Credential("secret"), 2);

    @BeforeEach
    void open() {
        BusCodecs.register(vertx.eventBus());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private String deploy(MinionOptions options) throws Exception {
        var deployment = Minion.deployments(options, node, Map.of()).get(0);
        assertThat(deployment.instances()).isEqualTo(1);
        return vertx.deployVerticle(deployment.verticle().get()).await(10, TimeUnit.SECONDS);
    }

    private void command(Credential credential, Action action) throws Exception {
        vertx.eventBus()
                .request(Addresses.command("minion"), new Command(credential, action, Map.of()))
                .await(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldBeReadyWhenTheMasterHasAcknowledgedOne() throws Exception {
        var open = new AtomicBoolean();
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {
            if (open.get()) {
                ok(request, "Registered");
            } else {
                ScriptedMaster.status(request, 503);
            }
        });

        deploy(TestOptions.of(2, master.url()));
        eventually().until(() -> !master.at("/register").isEmpty());
        assertThat(node.readiness().pending()).containsKey("minion");
        open.set(true);

        eventually().until(() -> node.readiness().pending().isEmpty());
    }

    @Test
    void shouldHoldAndGoOnAtTheCommandOfThoseWhoMay() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> ok(request, "Registered"));
        var admin = node.credential();
        deploy(TestOptions.of(6_000, master.url()).ramp(Duration.ofSeconds(60), Arrival.CONSTANT));

        command(admin, Action.STOP);
        eventually()
                .during(Duration.ofMillis(300))
                .until(() -> master.at("/register").size(), size -> size < 6_000);
        int held = master.at("/register").size();
        eventually().pollDelay(Duration.ofMillis(300)).until(() -> true);
        assertThat(master.at("/register")).hasSize(held);
        command(admin, Action.START);

        eventually().until(() -> master.at("/register").size() > held + 20);
        assertFails(Credential.NONE, Action.STOP, Failure.FORBIDDEN);
        assertFails(admin, Action.KILL, Failure.BAD_REQUEST);
    }

    private void assertFails(Credential credential, Action action, Failure failure) {
        assertThatThrownBy(() -> command(credential, action))
                .isInstanceOfSatisfying(
                        ReplyException.class, e -> assertThat(Failure.of(e)).isEqualTo(failure));
    }

    @Test
    void shouldEndWhenTheMasterNeverAnswers() throws Exception {
        var master = ScriptedMaster.start(vertx, (request, asked, index) -> {});
        var id = deploy(TestOptions.of(20, master.url()).timeout(Duration.ofMinutes(5)));
        eventually().until(() -> !master.at("/register").isEmpty());

        vertx.undeploy(id).await(20, TimeUnit.SECONDS);

        assertThat(master.at("/register")).hasSizeLessThanOrEqualTo(8);
    }
}
