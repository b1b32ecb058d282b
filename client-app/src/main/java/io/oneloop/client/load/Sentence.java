package io.oneloop.client.load;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import java.util.Arrays;
import java.util.List;

/**
 * A sentence that is written where no language is known: whoever shows it has one.
 *
 * @param key of the load tester's messages
 * @param arguments what it is about
 */
public record Sentence(String key, List<String> arguments) {

    /** A sentence of its own. */
    public Sentence {
        arguments = List.copyOf(arguments);
    }

    static Sentence of(String key, Object... arguments) {
        return new Sentence(key, Arrays.stream(arguments).map(String::valueOf).toList());
    }

    /** {@return it in {@code language}} */
    public String in(Language language) {
        return in(Messages.ofLoad(language));
    }

    String in(Messages messages) {
        return messages.get(key, arguments.toArray());
    }

    /** {@return it in English} */
    @Override
    public String toString() {
        return in(Language.EN);
    }
}
