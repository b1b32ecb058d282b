/**
 * The responder: one {@link io.oneloop.EventLoop} that answers TCP and UDP.
 *
 * <p>The files in reading order: {@code ServerMain} starts {@code ServerCommand}, which turns {@code ServerOptions} into
 * {@code ServerSettings} and these into a {@code Server}. {@code TcpResponder} and {@code UdpResponder} answer;
 * {@code RequestLog} tells what came, through {@code LogQueue}.
 *
 * <p>What keeps it up: {@code LimitOptions} become the {@code Limits} of core's sockets, {@code UdpGuard} decides which
 * datagrams are answered, and {@code Ledger} accounts for everything at the end.
 */
package io.oneloop.server;
