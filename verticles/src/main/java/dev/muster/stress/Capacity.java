package dev.muster.stress;

/**
 * What the pod may use.
 *
 * @param cores of its CPU limit, or of the machine where that is less
 * @param headroom the share of them that all jobs together leave free, 0 to 0.9
 */
record Capacity(double cores, double headroom) {
    /**
     * By what the load of each thread is multiplied, so that all together leave the headroom free: 1 without one.
     *
     * @param wanted cores that all threads together are asked for
     */
    double share(double wanted) {
        double most = cores * (1 - headroom);
        return headroom > 0 && wanted > most ? most / wanted : 1;
    }
}
