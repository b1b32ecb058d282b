package io.oneloop.client;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What went wrong on the network, whatever the language in which the system puts it. */
public enum NetworkCause {
    /** Nobody listens. */
    REFUSED,
    /** No answer came in time. */
    TIMED_OUT,
    /** No route to the address. */
    UNREACHABLE,
    /** No local address or port for it. */
    NO_PORT,
    /** The process has no descriptor left. */
    NO_DESCRIPTOR,
    /** The peer broke the connection off. */
    RESET,
    /** The connection was written to after its end. */
    BROKEN_PIPE,
    /** ICMP port unreachable came back. */
    PORT_UNREACHABLE,
    /** Anything else: its text is all there is. */
    OTHER;

    /** {@return what {@code error}, or the exception of the JDK that core has put into it, stands for} */
    public static NetworkCause of(Throwable error) {
        return of(error, SystemWords.here());
    }

    static NetworkCause of(Throwable error, SystemWords words) {
        if (error == null) {
            return OTHER;
        }
        Throwable cause = error.getCause() instanceof IOException ? error.getCause() : error;
        NetworkCause byClass = byClass(cause, words);
        return byClass == null ? byWords(cause, words) : byClass;
    }

    /** {@return null if the class does not tell} */
    private static NetworkCause byClass(Throwable cause, SystemWords words) {
        if (cause instanceof PortUnreachableException) {
            return PORT_UNREACHABLE;
        }
        if (cause instanceof SocketTimeoutException) {
            return TIMED_OUT;
        }
        if (cause instanceof NoRouteToHostException) {
            return UNREACHABLE;
        }
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof BindException) {
            // The JDK has it for EACCES, too.
            return text.contains("Permission denied") || says(text, words.denied()) ? OTHER : NO_PORT;
        }
        // The JDK has it for ECONNREFUSED and ETIMEDOUT; what a system calls the latter nobody can learn in time.
        return cause instanceof ConnectException && words.refused() != null && byWords(cause, words) == OTHER
                ? TIMED_OUT
                : null;
    }

    private static NetworkCause byWords(Throwable cause, SystemWords words) {
        String text = String.valueOf(cause.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("timed out")) {
            return TIMED_OUT;
        }
        if (lower.contains("refused") || says(text, words.refused())) {
            return REFUSED;
        }
        if (lower.contains("unreachable")
                || lower.contains("no route")
                || lower.contains("address family")
                || says(text, words.unreachable())) {
            return UNREACHABLE;
        }
        if (lower.contains("cannot assign") || lower.contains("address already in use")) {
            return NO_PORT;
        }
        if (lower.contains("broken pipe") || says(text, words.brokenPipe())) {
            return BROKEN_PIPE;
        }
        if (lower.contains("reset") || lower.contains("aborted") || says(text, words.reset())) {
            return RESET;
        }
        return lower.contains("too many open files") || noDescriptorIsFree() ? NO_DESCRIPTOR : OTHER;
    }

    private static boolean says(String text, String words) {
        return words != null && text.contains(words);
    }

    private static boolean noDescriptorIsFree() {
        try {
            Path nothing = Path.of("/dev/null");
            if (Files.exists(nothing)) {
                Files.newInputStream(nothing).close();
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
