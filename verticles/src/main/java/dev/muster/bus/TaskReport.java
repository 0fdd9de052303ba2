package dev.muster.bus;

/**
 * A minion reports what became of a task. The first report counts, a repeated one changes nothing.
 *
 * @param run its run, empty when it named none
 * @param minionId its id
 * @param task the task's number
 * @param done whether it was done
 * @param durationMicros how long it took
 * @param detail what went wrong, or what was found; empty when there is nothing to say
 */
public record TaskReport(String run, String minionId, long task, boolean done, long durationMicros, String detail)
        implements Message {}
