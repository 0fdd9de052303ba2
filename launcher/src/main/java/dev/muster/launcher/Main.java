package dev.muster.launcher;

/** Placeholder while the build comes up. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("muster");
    }
}
