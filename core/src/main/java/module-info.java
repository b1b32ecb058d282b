/** A TCP and UDP event loop: one thread, one selector, no dependency. Start reading at {@link io.oneloop.EventLoop}. */
module io.oneloop {
    exports io.oneloop;
}
