/**
 * The load tester, as a command and as a library ({@link io.oneloop.client.load.LoadTest}).
 *
 * <p>The files in reading order: {@link io.oneloop.client.load.LoadPlan} (what to do), {@code LoadRun} (the phases),
 * {@code Worker} (one loop's share), {@code LoadConnection} and {@code UdpLane} (one connection or socket), {@code Pacer}
 * (when a request is due), {@link io.oneloop.client.load.LoadResult} (what came of it) and the reports.
 */
package io.oneloop.client.load;
