package dev.muster.launcher.push;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose metrics are pushed: each one carries these as labels.
 *
 * @param run the run's id
 * @param experiment which
 * @param pod the instance: the pod's name, or host, roles and process id
 */
public record Source(String run, String experiment, String pod) {
    /** As labels. */
    Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("run", run);
        labels.put("experiment", experiment);
        labels.put("pod", pod);
        return labels;
    }
}
