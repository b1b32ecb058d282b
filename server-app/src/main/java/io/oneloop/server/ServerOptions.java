package io.oneloop.server;

import io.oneloop.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The command line as it was given; {@link #settings} checks what belongs together. Descriptions are in the bundles. */
final class ServerOptions {

    static final String DEFAULT_REPLY = "hahahahah----ok---";

    /** What Java makes of an argument's characters beyond ASCII where the locale is C. */
    private static final char LOST_CHARACTER = '\ufffd';

    private static final int MAX_REPLY_BYTES = 16 * 1024 * 1024;
    private static final int MAX_DATAGRAM_BYTES = 65_507;

    @Option(names = "--host", paramLabel = "ADDRESS")
    private String host;

    @Option(names = "--tcp-port", paramLabel = "PORT", defaultValue = "7890", converter = OptionValues.Port.class)
    private int tcpPort;

    @Option(names = "--udp-port", paramLabel = "PORT", defaultValue = "7788", converter = OptionValues.Port.class)
    private int udpPort;

    @Option(names = "--no-tcp")
    private boolean noTcp;

    @Option(names = "--no-udp")
    private boolean noUdp;

    @Option(names = "--mode", paramLabel = "reply|echo|discard", defaultValue = "reply")
    private Mode mode;

    @Option(names = "--reply", paramLabel = "TEXT")
    private String reply;

    @Option(names = "--reply-file", paramLabel = "FILE")
    private String replyFile;

    @Option(names = "--per", paramLabel = "read|line", defaultValue = "read")
    private Per per;

    @Option(
            names = "--read-chunk",
            paramLabel = "BYTES",
            defaultValue = "1024",
            converter = OptionValues.ChunkBytes.class)
    private int readChunkBytes;

    @Option(names = "--drain", paramLabel = "TIME", defaultValue = "5s")
    private Duration drain;

    @Option(names = "--log", paramLabel = "all|summary|off", defaultValue = "all")
    private LogLevel log;

    /** Listed here for the help; {@link LanguageChoice} looks at it before anything is said. */
    @Option(names = "--lang", paramLabel = "zh|en")
    private Language language;

    /** {@return what to serve} */
    ServerSettings settings(LimitOptions limits, Messages messages) throws WrongUse {
        if (noTcp && noUdp) {
            throw new WrongUse(messages.get("use.nothingToServe"));
        }
        InetAddress address = address(messages);
        return new ServerSettings(
                noTcp ? null : new InetSocketAddress(address, tcpPort),
                noUdp ? null : new InetSocketAddress(address, udpPort),
                mode,
                Reply.of(replyBytes(messages)),
                per,
                readChunkBytes,
                log,
                drain,
                limits.limits(address instanceof Inet4Address));
    }

    /** {@return the address to bind, or null for all of them} */
    private InetAddress address(Messages messages) throws WrongUse {
        if (host == null) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new WrongUse(messages.get("use.unknownHost", host));
        }
    }

    private byte[] replyBytes(Messages messages) throws WrongUse {
        if (reply != null && replyFile != null) {
            throw new WrongUse(messages.get("use.twoReplies"));
        }
        byte[] bytes = replyFile != null ? fileBytes(messages) : textBytes(messages);
        if (bytes.length == 0) {
            throw new WrongUse(messages.get("use.emptyReply"));
        }
        if (bytes.length > MAX_DATAGRAM_BYTES && mode == Mode.REPLY && !noUdp) {
            throw new WrongUse(messages.get("use.replyTooLongForUdp", bytes.length, MAX_DATAGRAM_BYTES));
        }
        return bytes;
    }

    private byte[] textBytes(Messages messages) throws WrongUse {
        if (reply != null && reply.indexOf(LOST_CHARACTER) >= 0) {
            throw new WrongUse(messages.get("use.lostCharacters"));
        }
        try {
            return ReplyText.parse(reply == null ? DEFAULT_REPLY : reply);
        } catch (IllegalArgumentException e) {
            throw new WrongUse(messages.get("use.badEscape", e.getMessage()));
        }
    }

    private byte[] fileBytes(Messages messages) throws WrongUse {
        try (InputStream in = Files.newInputStream(Path.of(replyFile))) {
            byte[] bytes = in.readNBytes(MAX_REPLY_BYTES + 1);
            if (bytes.length > MAX_REPLY_BYTES) {
                throw new WrongUse(messages.get("use.replyTooLong", replyFile, MAX_REPLY_BYTES >> 20));
            }
            return bytes;
        } catch (IOException | InvalidPathException e) {
            throw new WrongUse(messages.get("use.unreadableFile", replyFile, reason(e, messages)));
        }
    }

    /** For some errors the JDK's message is the name of the file and nothing else. */
    private static String reason(Exception error, Messages messages) {
        if (error instanceof NoSuchFileException) {
            return messages.get("file.missing");
        }
        return error instanceof AccessDeniedException ? messages.get("file.denied") : error.getMessage();
    }
}
