package dev.muster.launcher.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The range of an option that is a whole number or a duration: checked when it is given, and told in the schema. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Within {
    /** The least that it may be, as a user writes it. */
    String least();

    /** The most. */
    String most();
}
