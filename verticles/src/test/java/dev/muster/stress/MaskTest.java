package dev.muster.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PASSWORD",
                "DB_PASSWORD",
                "MYSQL_ROOT_PASSWORD",
                "db.password",
                "PGPASSFILE_PASS",
                "DB_PASS",
                "DB_PWD",
                "passwd",
                "PASSPHRASE",
                "MUSTER_ADMIN_TOKEN",
                "GITHUB_TOKEN",
                "clientSecret",
                "CLIENT_SECRET",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_ACCESS_KEY_ID",
                "API_KEY",
                "apiKey",
                "X-API-KEY",
                "STORAGE_KEY",
                "AccountKey",
                "PRIVATE_KEY",
                "SSH_PRIVATE",
                "GOOGLE_APPLICATION_CREDENTIALS",
                "HTTP_AUTHORIZATION",
                "BASIC_AUTH",
                "AUTH",
                "SESSION_COOKIE",
                "COOKIE",
                "SENTRY_DSN",
                "JWT",
                "CONNECTION_STRING",
                "ConnectionString",
                "KUBECONFIG",
                "HASH_SALT",
                "SIGNING_KEY",
                "ENCRYPTION_PHRASE"
            })
    void shouldHideTheWholeValueOfAKeyThatLooksSecret(String key) {
        assertThat(Mask.value(key, "harmless")).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "HOME",
                "PWD",
                "OLDPWD",
                "HOSTNAME",
                "JAVA_HOME",
                "POD_NAME",
                "NODE_NAME",
                "KUBERNETES_PORT",
                "KEYBOARD_LAYOUT",
                "AUTHOR",
                "GIT_AUTHOR_NAME",
                "LANG",
                "MUSTER_STRESS_PORT",
                "COMPASSION",
                "SPINNER"
            })
    void shouldShowTheValueOfAnyOtherKey(String key) {
        assertThat(Mask.value(key, "/usr/bin:1")).isEqualTo("/usr/bin:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://muster:hunter2@db:3306/muster | mysql://muster:***@db:3306/muster",
                "https://user:p%40ss@example.org/x?y=1 | https://user:***@example.org/x?y=1",
                "redis://:hunter2@cache:6379 | redis://:***@cache:6379",
                "amqp://a:b:c@mq, http://c:d@e | amqp://a:***@mq, http://c:***@e",
                "jdbc:mysql://db/x?user=me&password=hunter2&ssl=true | jdbc:mysql://db/x?user=me&password=***&ssl=true",
                "Server=db;Uid=me;Pwd=hunter2;Port=1 | Server=db;Uid=me;Pwd=***;Port=1",
                "DefaultEndpointsProtocol=https;AccountKey=abc/def==;X=1 | DefaultEndpointsProtocol=https;AccountKey=***;X=1",
                "-Xmx1g -Djavax.net.ssl.keyStorePassword=changeit -Da=b | -Xmx1g -Djavax.net.ssl.keyStorePassword=*** -Da=b",
                "token: 's3cret words' and more | token: *** and more",
                "Authorization: Bearer abcdefgh12345 | Authorization: Bearer ***",
                "Basic dXNlcjpwYXNz | Basic ***",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_d-e | ***",
                "id AKIAIOSFODNN7EXAMPLE here | id *** here",
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789 | ***",
                "glpat-abcdefghijklmnopqrst | ***",
                "xoxb-1234567890-abcdef | ***",
            })
    void shouldHideWhatInAValueHasTheFormOfASecret(String value, String shown) {
        assertThat(Mask.value("SOMETHING", value)).isEqualTo(shown);
    }

    @Test
    void shouldHideAPrivateKeyOverItsLines() {
        var key = "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nxyz\n-----END RSA PRIVATE KEY-----\nb";

        assertThat(Mask.text(key)).isEqualTo("a\n***\nb");
        assertThat(Mask.text(key.substring(0, 50)))
                .as("cut off")
                .doesNotContain("MIIE")
                .endsWith("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/path?x=1@y",
                "tcp://10.0.0.1:3306",
                "12:30:45",
                "user@example.org",
                "https://user@example.org/",
                "a=b;c=d",
                "",
                "eyJ",
                "basic",
                "/usr/lib/jvm"
            })
    void shouldShowWhatIsNoSecret(String value) {
        assertThat(Mask.value("SOMETHING", value)).isEqualTo(value);
    }

    @Test
    void shouldHideSecretsOnACommandLine() {
        assertThat(Mask.arguments(List.of(
                        "-jar",
                        "x.jar",
                        "--admin-token=abc",
                        "--password",
                        "hunter2",
                        "--token",
                        "--role=stress",
                        "--master-db-url=mysql://u:p@h/db",
                        "-Dapi.key=1",
                        "plain")))
                .containsExactly(
                        "-jar",
                        "x.jar",
                        "--admin-token=***",
                        "--password",
                        "***",
                        "--token",
                        "--role=stress",
                        "--master-db-url=mysql://u:***@h/db",
                        "-Dapi.key=***",
                        "plain");
    }

    @Test
    @Tag("smoke")
    void shouldKeepEmptyValuesAndOrderKeys() {
        assertThat(Mask.values(Map.of("Z", "1", "A_TOKEN", "", "B_TOKEN", "x")))
                .containsExactly(Map.entry("A_TOKEN", ""), Map.entry("B_TOKEN", "***"), Map.entry("Z", "1"));
    }
}
