package io.oneloop.client;

import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The sentences for people, in one language; safe from any thread. They are {@link String#format} patterns, since
 * {@link java.text.MessageFormat} would write a port as 7,890.
 */
public final class Messages {

    private static final String BUNDLE = "io.oneloop.client.messages";
    private static final String LOAD_BUNDLE = "io.oneloop.client.load.messages";

    private final ResourceBundle bundle;

    private Messages(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /** {@return the sentences in {@code language}} */
    public static Messages in(Language language) {
        return of(BUNDLE, language);
    }

    /** {@return the sentences of the load tester in {@code language}} */
    public static Messages ofLoad(Language language) {
        return of(LOAD_BUNDLE, language);
    }

    private static Messages of(String bundle, Language language) {
        // The base bundle is English; the machine's own locale must not step in for it.
        return new Messages(ResourceBundle.getBundle(
                bundle,
                language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    /**
     * @param arguments what the pattern's {@code %s} stand for; without any, the pattern is taken as it is
     * @throws java.util.MissingResourceException if there is no such sentence
     */
    public String get(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : String.format(Locale.ROOT, pattern, arguments);
    }

    /**
     * A number with its noun.
     *
     * @param key the key of the singular; that of the plural has an s more
     * @param text the number as it is to be written
     */
    public String count(String key, long n, Object text) {
        return get(n == 1 ? key : key + "s", text);
    }

    ResourceBundle bundle() {
        return bundle;
    }
}
