package dev.muster.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class MariaDbContainerIT {
    @Test
    void shouldServeADatabaseInAContainer(Vertx vertx) {
        try (var mariaDb = MariaDbContainer.start()) {
            var options = MySQLConnectOptions.fromUri(mariaDb.url());

            var version = MySQLConnection.connect(vertx, options)
                    .compose(connection -> connection
                            .query("SELECT VERSION(), DATABASE()")
                            .execute()
                            .eventually(connection::close))
                    .await()
                    .iterator()
                    .next();

            assertThat(version.getString(0)).startsWith("10.11.").contains("MariaDB");
            assertThat(version.getString(1)).isEqualTo("registrations");
        }
    }
}
