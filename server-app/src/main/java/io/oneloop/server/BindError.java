package io.oneloop.server;

import io.oneloop.Addresses;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;

/** Says why a port cannot be had, and what to do about it. */
final class BindError {

    private static final int FIRST_PORT_FOR_ANYONE = 1024;

    private BindError() {}

    /** @param protocol {@code tcp} or {@code udp} */
    static WrongUse explain(String protocol, InetSocketAddress address, IOException error, Messages messages) {
        String key = key(error, address);
        String host = Addresses.format(address.getAddress());
        return new WrongUse(messages.get(key, protocol, address.getPort(), host, error.getMessage()));
    }

    /**
     * The JDK has one exception for all of these, with the words of the operating system in its own language: where
     * they are not English, facts decide.
     */
    private static String key(IOException error, InetSocketAddress address) {
        String message = String.valueOf(error.getMessage());
        if (error.getCause() instanceof UnsupportedAddressTypeException) {
            return "bind.noIpv6";
        }
        if (message.contains("Too many open files")) {
            return "bind.descriptors";
        }
        boolean low = address.getPort() < FIRST_PORT_FOR_ANYONE;
        if (message.contains("Address already in use")) {
            return "bind.inUse";
        }
        if (message.contains("Permission denied")) {
            return low ? "bind.notPermitted" : "bind.other";
        }
        if (message.contains("Cannot assign requested address")) {
            return "bind.notOurs";
        }
        if (!(error instanceof BindException) && !(error.getCause() instanceof BindException)) {
            return "bind.other";
        }
        if (failure(new InetSocketAddress(address.getAddress(), 0)) != null) {
            return "bind.notOurs";
        }
        return low && !message.contains(wordsForInUse()) ? "bind.notPermitted" : "bind.inUse";
    }

    /** {@return what the system says about a port that is taken, learned by taking one twice} */
    private static String wordsForInUse() {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return String.valueOf(failure((InetSocketAddress) channel.getLocalAddress()));
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** {@return why {@code address} cannot be had, or null if it can} */
    private static String failure(InetSocketAddress address) {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(address);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
