package dev.muster.bus;

/**
 * A broker is there, and shares its engines' ids with the others.
 *
 * @param broker its name, of one incarnation alone
 * @param connections that it holds
 * @param engines that are registered with it
 * @param leaving whether it stops, and is there for the last time
 */
public record BrokerHello(String broker, long connections, long engines, boolean leaving) implements Message {}
