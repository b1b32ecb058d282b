package io.oneloop.server;

import io.oneloop.EventLoop;
import io.oneloop.Reply;
import io.oneloop.server.OptionValues.Whole;
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
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line as it was given; {@link #settings} checks what belongs together. Descriptions are in the bundles. Objects
 * and not annotations, since reading those would take twice as long as all the rest of the start.
 */
final class ServerOptions {

    /** What Java makes of an argument's characters beyond ASCII where the locale is C. */
    private static final char LOST_CHARACTER = '\ufffd';

    private static final int MAX_REPLY_BYTES = 16 * 1024 * 1024;
    private static final int MAX_DATAGRAM_BYTES = 65_507;

    private final OptionSpec host = OptionValues.text("--host", "ADDRESS");
    private final OptionSpec tcpPort = port("--tcp-port", "7890");
    private final OptionSpec udpPort = port("--udp-port", "7788");
    private final OptionSpec noTcp = OptionValues.flag("--no-tcp");
    private final OptionSpec noUdp = OptionValues.flag("--no-udp");
    private final OptionSpec mode = choice("--mode", "reply|echo|discard", Mode.class, "reply");
    private final OptionSpec reply = OptionValues.text("--reply", "TEXT");
    private final OptionSpec replyFile = OptionValues.text("--reply-file", "FILE");
    private final OptionSpec per = choice("--per", "read|line", Per.class, "read");
    private final OptionSpec readChunk = OptionValues.option(
                    "--read-chunk", "BYTES", new Whole(1, EventLoop.READ_BUFFER_BYTES, "value.chunk"))
            .defaultValue("1024")
            .build();
    private final OptionSpec drain = OptionValues.time("--drain", "5s");
    private final OptionSpec lang = LanguageChoice.option();
    private final OptionSpec log = choice("--log", "all|summary|off", LogLevel.class, "all");

    private static OptionSpec port(String name, String value) {
        return OptionValues.option(name, "PORT", new Whole(0, 65_535, "value.port"))
                .defaultValue(value)
                .build();
    }

    private static <E extends Enum<E>> OptionSpec choice(String name, String label, Class<E> type, String value) {
        return OptionValues.option(name, label, new OptionValues.Choice<>(type))
                .defaultValue(value)
                .build();
    }

    /** {@return the options, in the order of the help} */
    List<OptionSpec> all() {
        return List.of(host, tcpPort, udpPort, noTcp, noUdp, mode, reply, replyFile, per, readChunk, drain, log, lang);
    }

    Language language() {
        return LanguageChoice.of(lang);
    }

    /** {@return what to serve} */
    ServerSettings settings(LimitOptions limits, Messages messages) throws WrongUse {
        boolean tcp = !noTcp.<Boolean>getValue();
        boolean udp = !noUdp.<Boolean>getValue();
        if (!tcp && !udp) {
            throw new WrongUse(messages.get("use.nothingToServe", origin(noTcp), origin(noUdp)));
        }
        InetAddress address = address(messages);
        return new ServerSettings(
                tcp ? new InetSocketAddress(address, tcpPort.<Integer>getValue()) : null,
                udp ? new InetSocketAddress(address, udpPort.<Integer>getValue()) : null,
                mode.getValue(),
                Reply.of(replyBytes(messages, udp)),
                per.getValue(),
                readChunk.getValue(),
                log.getValue(),
                drain.getValue(),
                limits.limits(address instanceof Inet4Address));
    }

    /** {@return the address to bind, or null for all of them} */
    private InetAddress address(Messages messages) throws WrongUse {
        String name = host.getValue();
        if (name == null) {
            return null;
        }
        try {
            if (name.isEmpty()) {
                // The JDK takes it for the loopback address.
                throw new UnknownHostException();
            }
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new WrongUse(messages.get("use.unknownHost", origin(host), name));
        }
    }

    private byte[] replyBytes(Messages messages, boolean forDatagrams) throws WrongUse {
        if (mode.getValue() != Mode.REPLY) {
            // It may come from an environment that others share: what nobody gets is not looked at.
            return textBytes(null, messages);
        }
        String text = reply.getValue();
        String file = replyFile.getValue();
        if (text != null && file != null && given(reply) == given(replyFile)) {
            throw new WrongUse(messages.get("use.twoReplies", origin(reply), origin(replyFile)));
        }
        boolean fromFile = file != null && (text == null || given(replyFile));
        byte[] bytes = fromFile ? fileBytes(file, messages) : textBytes(text, messages);
        if (bytes.length == 0) {
            throw new WrongUse(messages.get("use.emptyReply", origin(fromFile ? replyFile : reply)));
        }
        if (bytes.length > MAX_DATAGRAM_BYTES && forDatagrams) {
            throw new WrongUse(messages.get(
                    "use.replyTooLongForUdp", origin(fromFile ? replyFile : reply), bytes.length, MAX_DATAGRAM_BYTES));
        }
        return bytes;
    }

    /** {@return whether the option is on the command line, which comes before the environment} */
    private static boolean given(OptionSpec option) {
        return option.command().commandLine().getParseResult().hasMatchedOption(option);
    }

    /** {@return where the value comes from: the option, or the variable of the environment} */
    private static String origin(OptionSpec option) {
        return given(option) ? option.longestName() : EnvironmentDefaults.variable(option);
    }

    private byte[] textBytes(String text, Messages messages) throws WrongUse {
        if (text != null && text.indexOf(LOST_CHARACTER) >= 0) {
            throw new WrongUse(messages.get("use.lostCharacters", origin(reply)));
        }
        try {
            return ReplyText.parse(text == null ? ServerSettings.DEFAULT_REPLY : text);
        } catch (IllegalArgumentException e) {
            throw new WrongUse(messages.get("use.badEscape", origin(reply), e.getMessage()));
        }
    }

    private byte[] fileBytes(String file, Messages messages) throws WrongUse {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MAX_REPLY_BYTES + 1);
            if (bytes.length > MAX_REPLY_BYTES) {
                throw new WrongUse(messages.get("use.replyTooLong", origin(replyFile), file, MAX_REPLY_BYTES >> 20));
            }
            return bytes;
        } catch (IOException | InvalidPathException e) {
            throw new WrongUse(messages.get("use.unreadableFile", origin(replyFile), file, reason(e, messages)));
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
