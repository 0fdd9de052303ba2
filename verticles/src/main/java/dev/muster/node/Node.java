package dev.muster.node;

import dev.muster.bus.Credential;

/**
 * What a process gives to each of its roles.
 *
 * @param identity who this process is
 * @param bindAddress the address that every server of this process listens on
 * @param credential the admin token, if the process was started with one
 * @param insecureAdmin {@code --insecure-admin}: other hosts may command without a token
 * @param verbosity 0 to 5: 2 logs rates, 3 each request, 5 each message
 * @param telemetry where the roles' instruments are read from
 * @param readiness what {@code /readyz} answers
 * @param endpoints where its servers listen: each server says so once it does
 * @param ending where a role asks for the end of the process
 */
public record Node(
        Identity identity,
        String bindAddress,
        Credential credential,
        boolean insecureAdmin,
        int verbosity,
        Telemetry telemetry,
        Readiness readiness,
        Endpoints endpoints,
        Ending ending) {}
