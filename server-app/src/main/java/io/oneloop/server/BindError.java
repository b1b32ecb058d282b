package io.oneloop.server;

import io.oneloop.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Says why a port cannot be had, and what to do about it. */
final class BindError {

    private static final int FIRST_PORT_FOR_ANYONE = 1024;

    private BindError() {}

    /** @param protocol {@code tcp} or {@code udp} */
    static WrongUse explain(String protocol, InetSocketAddress address, IOException error, Messages messages) {
        String key = key(String.valueOf(error.getMessage()), address.getPort());
        String host = Addresses.format(address.getAddress());
        return new WrongUse(messages.get(key, protocol, address.getPort(), host, error.getMessage()));
    }

    /** The JDK has one exception for all of these, with the words of the operating system. */
    private static String key(String message, int port) {
        if (message.contains("Address already in use")) {
            return "bind.inUse";
        }
        if (message.contains("Permission denied") && port < FIRST_PORT_FOR_ANYONE) {
            return "bind.notPermitted";
        }
        return message.contains("Cannot assign requested address") ? "bind.notOurs" : "bind.other";
    }
}
