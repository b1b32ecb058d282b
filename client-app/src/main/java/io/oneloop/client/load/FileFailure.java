package io.oneloop.client.load;

import io.oneloop.client.Messages;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Something is wrong with a file, and the JDK has no exception for it. */
final class FileFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;

    FileFailure(String key, Path... files) {
        super(Sentence.of(key, (Object[]) files).toString());
        sentence = Sentence.of(key, (Object[]) files);
    }

    /** The JDK opens a folder, and fails at the first read, with words of the system only. */
    static void ifFolder(Path file) throws FileFailure {
        if (Files.isDirectory(file)) {
            throw new FileFailure("file.folder", file);
        }
    }

    /** {@return what is wrong with a file, this exception or one of the JDK} */
    static String reason(IOException e, Messages messages) {
        if (e instanceof FileFailure ours) {
            return ours.sentence.in(messages);
        }
        if (e instanceof NoSuchFileException) {
            return messages.get("file.missing", e.getMessage());
        }
        if (e instanceof AccessDeniedException) {
            return messages.get("file.denied", e.getMessage());
        }
        if (e instanceof CharacterCodingException) {
            return messages.get("file.notUtf8");
        }
        if (e instanceof FileSystemException error && Files.isDirectory(Path.of(error.getFile()))) {
            return messages.get("file.folder", error.getFile());
        }
        // The JDK's other file errors name the file and, if the system told, the reason in its language.
        return e.getMessage();
    }
}
