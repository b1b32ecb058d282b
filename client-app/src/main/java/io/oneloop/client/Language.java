package io.oneloop.client;

import java.util.Locale;

/** The languages that the clients speak. */
public enum Language {
    /** English. */
    EN(Locale.ENGLISH),
    /** Chinese. */
    ZH(Locale.CHINESE);

    private static final String OPTION = "--lang";

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** {@return the language of {@code locale}, English where it is neither} */
    public static Language of(Locale locale) {
        return locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? ZH : EN;
    }

    /** {@return what {@code --lang} asks for, which the help and wrong use need to know before the rest is parsed} */
    static Language chosen(String[] args) {
        for (int i = 0; i < args.length; i++) {
            boolean apart = args[i].equals(OPTION) && i + 1 < args.length;
            String value = apart
                    ? args[i + 1]
                    : args[i].startsWith(OPTION + "=") ? args[i].substring(OPTION.length() + 1) : "";
            for (Language language : values()) {
                if (language.name().equalsIgnoreCase(value)) {
                    return language;
                }
            }
        }
        return of(Locale.getDefault());
    }

    Locale locale() {
        return locale;
    }
}
