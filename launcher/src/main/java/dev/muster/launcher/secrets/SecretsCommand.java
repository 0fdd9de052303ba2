package dev.muster.launcher.secrets;

import dev.muster.kube.Access;
import dev.muster.kube.ApiClient;
import dev.muster.kube.ApiRequest;
import dev.muster.kube.KubeOptions;
import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Help;
import dev.muster.launcher.options.OptionGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code secrets}: creates the Secrets {@code admin} and {@code database} where they are absent. It never reads one, and so
 * needs no permission to; what is there stays as it is.
 */
public final class SecretsCommand implements Command {
    private static final List<OptionGroup> OPTIONS =
            List.of(OptionGroup.of("", SecretsOptions.class), OptionGroup.of("", KubeOptions.class));

    private static final String USAGE = """
            Usage: muster secrets [OPTION...]

            Creates the Secrets admin (the admin token) and database (MariaDB's passwords and the URL with them) in a
            cluster, at random, where they are absent. It may lack the permission to read them. Nothing of them is printed.
            """;

    private static final int CREATED = 201;
    private static final int EXISTS = 409;
    private static final int PATIENCE_SECONDS = 60;
    private static final int RANDOM_BYTES = 24;

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public String summary() {
        return "creates what pods keep secret, at random, where it is absent";
    }

    @Override
    public String help(Invocation invocation) {
        return USAGE + Help.of("Options", OPTIONS);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var given = new Given(OPTIONS, Set.of(), invocation.arguments(), invocation.environment());
        var bound = given.bind(OPTIONS);
        given.words().forEach(word -> bound.problem(word + ": a word that belongs to no option"));
        if (!bound.problems().isEmpty()) {
            throw new UsageException(bound.problems());
        }
        var named = bound.of(SecretsOptions.class).namespace();
        var namespace = named == null ? invocation.environment().getOrDefault("POD_NAMESPACE", "muster") : named;
        var vertx = Vertx.vertx();
        try {
            var access = Access.load(bound.of(KubeOptions.class), invocation.environment());
            secrets().forEach((name, values) -> invocation
                    .out()
                    .println(
                            "secret " + namespace + "/" + name + " " + create(vertx, access, namespace, name, values)));
            return ExitCode.PASSED;
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } finally {
            vertx.close();
        }
    }

    private static Map<String, Map<String, String>> secrets() {
        var password = random();
        var secrets = new TreeMap<String, Map<String, String>>();
        secrets.put("admin", Map.of("token", random()));
        secrets.put(
                "database",
                Map.of(
                        "password",
                        password,
                        "root-password",
                        random(),
                        "url",
                        "mysql://muster:" + password + "@mariadb:3306/muster"));
        return secrets;
    }

    private static String random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String create(
            Vertx vertx, Access access, String namespace, String name, Map<String, String> values) {
        var secret = new JsonObject()
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put("metadata", new JsonObject().put("name", name).put("namespace", namespace))
                .put("stringData", new JsonObject(new TreeMap<>(values)));
        var request = ApiRequest.create("/api/v1/namespaces/" + namespace + "/secrets", secret.toBuffer());
        var answer = ask(vertx, access, request);
        if (answer.status() != CREATED && answer.status() != EXISTS) {
            throw new StartException(
                    "the API server does not create the secret " + namespace + "/" + name + ": " + message(answer)
                            + " (HTTP " + answer.status() + ")",
                    null);
        }
        return answer.status() == CREATED ? "created" : "is there already";
    }

    /** Never the whole answer: in a refusal of the wrong kind it may repeat what was sent. */
    private static String message(ApiClient.Answer answer) {
        try {
            return answer.body().toJsonObject().getString("message", "no reason given");
        } catch (RuntimeException notJson) {
            return "no reason given";
        }
    }

    private static ApiClient.Answer ask(Vertx vertx, Access access, ApiRequest request) {
        Promise<ApiClient.Answer> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(turn -> {
            var client = new ApiClient(vertx, access, ApiClient.Settings.single("muster-secrets"));
            Future<ApiClient.Answer> answer = client.ask(request);
            answer.eventually(client::close).onComplete(done);
        });
        try {
            return done.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StartException("no answer from " + access.server() + " in " + PATIENCE_SECONDS + " s", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // what a future fails with comes as it is
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }
}
