package dev.muster.kube;

/**
 * What a watch says of one object, as far as it is measured. Texts that are not there are empty.
 *
 * @param resourceVersion of the object after the change
 * @param created the annotation {@code scaletest/createTimestamp}
 * @param updated the annotation {@code scaletest/updateTimestamp}
 * @param code of an {@link Type#ERROR}, as HTTP has it; else 0
 * @param creation {@code creationTimestamp}, as the server wrote it
 * @param digest of the whole object; 0 when it was not asked for or is not known
 */
public record WatchEvent(
        Type type,
        String namespace,
        String name,
        String resourceVersion,
        String created,
        String updated,
        int code,
        String creation,
        long digest) {
    /** What happened. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED,
        /** Nothing happened up to this resource version. */
        BOOKMARK,
        /** The watch can't go on. */
        ERROR
    }

    /** Which object. */
    public String key() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
