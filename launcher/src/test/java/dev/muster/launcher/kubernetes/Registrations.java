package dev.muster.launcher.kubernetes;

import static dev.muster.launcher.kubernetes.Kubectl.muster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;

/** Who has registered; the ids of shell minions are those of their pods. */
final class Registrations {
    private Registrations() {}

    /** The minions of the table, as the master lists them. */
    static Set<String> listed() {
        return new JsonArray(Kubectl.ask("master", 8888, "/minions"))
                .stream()
                        .map(minion -> ((JsonObject) minion).getString("minionId"))
                        .collect(Collectors.toSet());
    }

    /** The minions of the table, as the database has them. */
    static Set<String> stored() {
        var query = "MYSQL_PWD=$MARIADB_PASSWORD mariadb -u muster -N -s -e 'SELECT minion_id FROM minions' muster";
        return muster("exec", "mariadb-0", "--", "sh", "-c", query).lines().collect(Collectors.toSet());
    }

    /** How many it says that there are. */
    static int count() {
        return new JsonObject(Kubectl.ask("master", 8888, "/stats")).getInteger("registered");
    }
}
