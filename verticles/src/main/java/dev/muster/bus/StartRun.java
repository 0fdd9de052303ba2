package dev.muster.bus;

import java.util.List;
import java.util.Map;

/**
 * Asks for a run (admin); replies {@link RunAnswer} when it has begun, or can't.
 *
 * @param credential proves that the sender may
 * @param experiment which
 * @param parameters by their names on the command line, without dashes
 * @param thresholds what its metrics must be
 * @param by who asks, for people: told to the next who asks
 * @param checkOnly whether to say what is wrong with it and its command line, and to run nothing; needs no credential
 */
public record StartRun(
        Credential credential,
        String experiment,
        Map<String, String> parameters,
        List<String> thresholds,
        String by,
        boolean checkOnly)
        implements Message {
    public StartRun {
        parameters = Map.copyOf(parameters);
        thresholds = List.copyOf(thresholds);
    }
}
