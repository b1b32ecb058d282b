package io.oneloop.client;

/** Puts lines together from text that comes in pieces. */
final class LineAssembler {

    private final StringBuilder held = new StringBuilder();

    /** {@return the lines that are complete, or an empty string; what follows the last line end waits for its rest} */
    String append(String text) {
        held.append(text);
        int complete = held.lastIndexOf("\n") + 1;
        String lines = held.substring(0, complete);
        held.delete(0, complete);
        return lines;
    }

    /** {@return what waited} */
    String rest() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }
}
