package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.ClusterUnderTest.PATIENCE;
import static dev.muster.launcher.kubernetes.Kubectl.muster;
import static dev.muster.launcher.kubernetes.Pods.DRIVER;
import static dev.muster.launcher.kubernetes.Pods.MINION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, and what nobody gets to see. */
interface SecurityCases {
    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "secrets,  muster,    'secrets [create]'",
        "secrets,  scaletest, ''",
        "driver,   muster,    ''",
        "driver,   scaletest, 'configmaps [create get list patch delete]'",
        "watcher,  muster,    ''",
        "watcher,  scaletest, 'configmaps [list watch]'",
        "informer, muster,    ''",
        "informer, scaletest, 'configmaps [list watch]'",
        "default,  muster,    ''",
        "default,  scaletest, ''",
    })
    default void shouldPermitARoleWhatItNeedsAndNothingElse(String account, String namespace, String expected) {
        var everyones = permissions("of-nobody", namespace);

        var own = permissions(account, namespace);

        own.removeAll(everyones);
        assertThat(own).isEqualTo(expected.isEmpty() ? Set.of() : Set.of(expected));
    }

    /** All that a service account may do, in a namespace and in the cluster. */
    private static Set<String> permissions(String account, String namespace) {
        return Kubectl.ok(
                        "auth",
                        "can-i",
                        "--list",
                        "--no-headers",
                        "-n",
                        namespace,
                        "--as=system:serviceaccount:muster:" + account)
                .lines()
                .map(line -> line.replaceAll("\\[]", " ").replaceAll(" +", " ").strip())
                .collect(Collectors.toSet());
    }

    @Test
    @Order(3)
    default void shouldRefuseAdminRequestsOfOtherPods() {
        var pod = MINION.names().iterator().next();
        var orders = List.of(
                "http://master:8888/cleanup",
                "--post-data x http://master:8888/tasks",
                "http://brokers-instruct:8080/dowork?time=1",
                "http://brokers-instruct:8080/kill?code=0",
                "http://stress:8080/stress?seconds=1",
                "--post-data x http://collector:9090/bus/any");

        for (var order : orders) {
            assertThat(wget(pod, order)).as(order).contains("401");
        }
        var token = "--header 'Authorization: Bearer " + Kubectl.secret("admin", "token") + "' ";
        assertThat(wget(pod, token + "http://brokers-instruct:8080/dowork?time=1"))
                .contains("sent to");
    }

    private static String wget(String pod, String request) {
        return muster("exec", pod, "--", "sh", "-c", "wget -q -O - " + request + " 2>&1 || true");
    }

    @Test
    @Order(9)
    default void shouldNameTheRuleThatADriverLacks() {
        Kubectl.ok("-n", "scaletest", "delete", "rolebinding", "driver");
        DRIVER.scale(1);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(DRIVER.log()).contains("configmaps", "create", "scaletest"));
        DRIVER.scale(0);
        Kubectl.ok("apply", "-k", ClusterUnderTest.ALL);
    }

    @Test
    @Order(12)
    default void shouldKeepSecretsOutOfLogsAndOfDumpsOfTheEnvironment() {
        var told = new StringBuilder(Kubectl.ask("stress", 8080, "/insight"));
        for (var name : List.of("master", "collector")) {
            told.append(Pods.of(name).logOfStart("event=started"));
        }

        assertThat(Kubectl.secret("admin", "token")).hasSize(48);
        assertThat(told.toString())
                .contains("MUSTER_ADMIN_TOKEN")
                .doesNotContain(Kubectl.secret("admin", "token"))
                .doesNotContain(Kubectl.secret("database", "password"))
                .doesNotContain(Kubectl.secret("database", "root-password"));
    }
}
