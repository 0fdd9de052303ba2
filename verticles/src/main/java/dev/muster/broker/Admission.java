package dev.muster.broker;

/** What the other brokers say to an engine that wants to register with this one. */
enum Admission {
    GRANTED,
    /** Another broker has it. */
    REFUSED,
    /** One of them does not answer. */
    UNDECIDED
}
