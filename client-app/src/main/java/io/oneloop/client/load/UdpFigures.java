package io.oneloop.client.load;

/**
 * What became of datagrams. What cannot be known without {@code --sequence} is null.
 *
 * @param lost no reply came in time
 * @param late a reply came after its request had been given up; counted as lost too
 * @param unreachable ICMP port unreachable came back
 * @param duplicates replies that had come before
 * @param reordered replies that came after one of a later request
 * @param jitterNanos RFC 3550's interarrival jitter on round-trip times, mean over the sockets
 */
public record UdpFigures(long lost, long late, long unreachable, Long duplicates, Long reordered, Double jitterNanos) {}
