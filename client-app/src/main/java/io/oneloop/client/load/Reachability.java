package io.oneloop.client.load;

import io.oneloop.Addresses;
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
    private static final String UNKNOWN = "n/a";

    private Reachability() {}

    /**
     * Connects once.
     *
     * @param local the address to come from, or null
     * @return null if it answers, else what is wrong
     */
    static String tcp(InetSocketAddress target, InetSocketAddress local, int millis) {
        String operation = "connect tcp " + Addresses.format(target) + ": ";
        try (Socket socket = new Socket()) {
            bind(socket, local);
            socket.connect(target, millis);
            return null;
        } catch (SocketTimeoutException e) {
            return operation + "no answer within " + millis
                    + " ms; look at the address, the firewall, and whether the server runs";
        } catch (NotOurs e) {
            return e.getMessage();
        } catch (IOException e) {
            return operation + e.getMessage() + "; look at the address and port, and whether the server runs";
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

        NotOurs(InetSocketAddress local, BindException cause) {
            super(
                    "--source " + local.getAddress().getHostAddress() + ": " + cause.getMessage()
                            + "; give addresses of this machine, or leave --source out",
                    cause);
        }
    }

    /**
     * Sends one datagram. UDP has no handshake: this shows whether somebody refuses or answers, and silence shows nothing.
     *
     * @return null if it answers, a text that {@link #isUnknown} says so of at silence, else what is wrong
     */
    static String udp(InetSocketAddress target, InetSocketAddress local, byte[] request) {
        String operation = "send udp " + Addresses.format(target) + ": ";
        try (DatagramSocket socket = new DatagramSocket(local)) {
            socket.connect(target);
            socket.setSoTimeout(UDP_MILLIS);
            socket.send(new DatagramPacket(request, request.length));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return null;
        } catch (PortUnreachableException e) {
            return operation + "port unreachable; nobody listens there: look at the port, and whether the server runs";
        } catch (SocketTimeoutException silence) {
            return UNKNOWN + " (no answer to one datagram within " + UDP_MILLIS + " ms, which may mean nothing)";
        } catch (BindException e) {
            return local == null ? operation + e.getMessage() : new NotOurs(local, e).getMessage();
        } catch (IOException e) {
            return operation + e.getMessage();
        }
    }

    static boolean isUnknown(String answer) {
        return answer != null && answer.startsWith(UNKNOWN);
    }
}
