package dev.muster.driver;

import java.util.Locale;

/** What a driver does to an object. */
enum Verb {
    CREATE,
    PATCH,
    DELETE;

    /** As the API and RBAC call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
