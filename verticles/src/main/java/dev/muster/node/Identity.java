package dev.muster.node;

/**
 * Who this process is.
 *
 * @param instance unique among the processes alive: the pod's name, else host name, roles and process id
 * @param incarnation a new random one at each start
 * @param build version and commit of the code
 * @param roles the roles that it runs, comma-separated
 */
public record Identity(String instance, String incarnation, String build, String roles) {}
