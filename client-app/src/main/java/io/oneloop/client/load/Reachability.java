package io.oneloop.client.load;

import io.oneloop.Addresses;
import io.oneloop.client.Messages;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Whether somebody answers at an address. */
final class Reachability {

    static final int TCP_MILLIS = 3_000;
    private static final int UDP_MILLIS = 300;
    /** What the sentence for silence begins with in every language. */
    private static final String UNKNOWN = "n/a";

    private Reachability() {}

    /**
     * Connects once.
     *
     * @param local the address to come from, or null
     * @return null if it answers, else what is wrong
     */
    static String tcp(InetSocketAddress target, InetSocketAddress local, int millis, Messages messages) {
        try (Socket socket = new Socket()) {
            bind(socket, local);
            socket.connect(target, millis);
            return null;
        } catch (SocketTimeoutException e) {
            return messages.get("reach.tcpSilent", Addresses.format(target), millis);
        } catch (NotOurs e) {
            return e.sentence(messages);
        } catch (IOException e) {
            return messages.get(
                    "reach.tcpFailed", Failures.connectInWords("tcp", target, e).in(messages));
        }
    }

    private static void bind(Socket socket, InetSocketAddress local) throws IOException {
        if (local != null) {
            try {
                socket.bind(local);
            } catch (BindException e) {
                throw new NotOurs(local, e);
            }
        }
    }

    /** The cure is at --source, and not at the target. */
    private static final class NotOurs extends IOException {
        private static final long serialVersionUID = 1L;

        private final String address;

        NotOurs(InetSocketAddress local, BindException cause) {
            super(cause.getMessage(), cause);
            address = Addresses.format(local.getAddress());
        }

        String sentence(Messages messages) {
            return messages.get("reach.notOurs", address);
        }
    }

    /**
     * Sends one datagram. UDP has no handshake: this shows whether somebody refuses or answers, and silence shows nothing.
     *
     * @return null if it answers, a text that {@link #isUnknown} says so of at silence, else what is wrong
     */
    static String udp(InetSocketAddress target, InetSocketAddress local, byte[] request, Messages messages) {
        try (DatagramSocket socket = new DatagramSocket(local)) {
            socket.connect(target);
            socket.setSoTimeout(UDP_MILLIS);
            socket.send(new DatagramPacket(request, request.length));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return null;
        } catch (PortUnreachableException e) {
            return messages.get("reach.udpUnreachable", Addresses.format(target));
        } catch (SocketTimeoutException silence) {
            return messages.get("reach.udpSilent", UDP_MILLIS);
        } catch (BindException e) {
            return local == null
                    ? Failures.connectInWords("udp", target, e).in(messages)
                    : new NotOurs(local, e).sentence(messages);
        } catch (IOException e) {
            return Failures.connectInWords("udp", target, e).in(messages);
        }
    }

    static boolean isUnknown(String answer) {
        return answer != null && answer.startsWith(UNKNOWN);
    }
}
