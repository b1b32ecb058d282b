package io.oneloop.client.load;

import io.oneloop.client.Language;

/** A setting that makes no sense: in English for a programmer, in the language of the user at the command line. */
public final class WrongValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;

    WrongValue(String key, Object... arguments) {
        this(Sentence.of(key, arguments));
    }

    private WrongValue(Sentence sentence) {
        super(sentence.toString());
        this.sentence = sentence;
    }

    static void unless(boolean condition, String key, Object... arguments) {
        if (!condition) {
            throw new WrongValue(key, arguments);
        }
    }

    /** {@return what is wrong with it, without a full stop} */
    public String in(Language language) {
        return sentence.in(language);
    }
}
