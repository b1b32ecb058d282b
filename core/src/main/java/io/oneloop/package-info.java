/**
 * One thread, one {@link java.nio.channels.Selector}, TCP and UDP together.
 *
 * <p>The files in reading order: {@link io.oneloop.EventLoop}, {@link io.oneloop.TcpListener},
 * {@link io.oneloop.TcpConnection}, {@link io.oneloop.UdpSocket}; the rest are what these use.
 *
 * <h2>Threads</h2>
 *
 * A method may be called on its loop's thread only, unless its description says "Safe from any thread". The loop's
 * thread is the one that runs the handlers, the timers and whatever is given to
 * {@link io.oneloop.EventLoop#execute(Runnable)}. A call from another thread throws {@link IllegalStateException}
 * naming both.
 *
 * <h2>Buffers</h2>
 *
 * A buffer that a handler is given belongs to the loop and is valid until the handler returns. A buffer that is given
 * to {@code send} is the caller's again as soon as {@code send} returns.
 */
package io.oneloop;
