package dev.muster.bus;

/**
 * Asks a run to end processes that it has started (admin), and to start them again; replies {@link Stored} when they are
 * back, or, where they are not to come back, when they have ended.
 *
 * @param process a process's name in the run, or a role that it has
 * @param force SIGKILL; otherwise they are told to stop, as a pod is
 * @param children whether the processes that they have started get SIGKILL with them: an embedded database
 * @param backMillis after how long each is started again; below 0 never
 */
public record StopProcess(Credential credential, String process, boolean force, boolean children, long backMillis)
        implements Message {}
