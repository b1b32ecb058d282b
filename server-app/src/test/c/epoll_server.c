/*
 * What the responder's work costs in C: one thread, one epoll instance, level-triggered, one read per readiness. The
 * comparison puts every other server in relation to it.
 *
 *     epoll_server PORT [jvm]
 *
 * Each newline over TCP and each datagram gets the 18 bytes, on 127.0.0.1, until the process is killed. With "jvm" it
 * does what no JVM can do without, and is the limit of java.nio: read(2) and write(2) for recv(2) and send(2), and a
 * second thread, because of which the kernel counts references to files at each call (fdget in fs/file.c).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    REPLY_BYTES = 18,
    INPUT_BYTES = 64 * 1024,
    MOST_REPLIES = 4096, /* in one write */
    EVENTS_PER_WAIT = 1024,
    DATAGRAMS_PER_TURN = 64,
    BACKLOG = 4096,
    UDP_BUFFER_BYTES = 4 * 1024 * 1024,
    MOST_DESCRIPTORS = 1 << 20,
};

struct connection {
    size_t owed; /* bytes */
    bool blocked; /* waits for EPOLLOUT, and is not read meanwhile */
    bool finished; /* the peer sends no more */
};

static const char reply[REPLY_BYTES + 1] = "hahahahah----ok---";
static char replies[MOST_REPLIES * REPLY_BYTES];
static char input[INPUT_BYTES];
static struct connection *connections; /* by descriptor */
static bool as_jvm;
static int epoll;

static void require(bool done, const char *what) {
    if (!done) {
        perror(what);
        exit(1);
    }
}

static void watch(int operation, int fd, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    require(epoll_ctl(epoll, operation, fd, &event) == 0, "epoll_ctl");
}

/* Out of the epoll instance as well, since nobody else has the descriptor. */
static void end(int fd) {
    close(fd);
}

static void pay(int fd, struct connection *c) {
    while (c->owed > 0) {
        /* Where a reply was cut off, its rest comes first. */
        size_t from = (REPLY_BYTES - c->owed % REPLY_BYTES) % REPLY_BYTES;
        size_t most = sizeof replies - from;
        size_t bytes = c->owed < most ? c->owed : most;
        ssize_t taken = as_jvm ? write(fd, replies + from, bytes) : send(fd, replies + from, bytes, MSG_NOSIGNAL);
        if (taken < 0 && errno == EAGAIN) {
            if (!c->blocked) {
                c->blocked = true;
                watch(EPOLL_CTL_MOD, fd, EPOLLOUT);
            }
            return;
        }
        if (taken < 0) {
            end(fd);
            return;
        }
        c->owed -= (size_t)taken;
    }
    if (c->finished) {
        end(fd);
    } else if (c->blocked) {
        c->blocked = false;
        watch(EPOLL_CTL_MOD, fd, EPOLLIN);
    }
}

static size_t newlines(size_t length) {
    size_t count = 0;
    const char *rest = input, *limit = input + length;
    while ((rest = memchr(rest, '\n', (size_t)(limit - rest)))) {
        count++;
        rest++;
    }
    return count;
}

static void serve(int fd) {
    struct connection *c = &connections[fd];
    if (!c->blocked) {
        ssize_t length = as_jvm ? read(fd, input, sizeof input) : recv(fd, input, sizeof input, 0);
        if (length < 0 && errno == EAGAIN) {
            return;
        }
        if (length < 0) {
            end(fd);
            return;
        }
        c->finished = length == 0;
        c->owed += newlines((size_t)length) * REPLY_BYTES;
        if (c->owed == 0 && !c->finished) {
            return;
        }
    }
    pay(fd, c);
}

static void accept_all(int listener) {
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        connections[fd] = (struct connection){0};
        watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    }
    require(errno == EAGAIN || errno == ECONNABORTED, "accept4");
}

static void answer(int udp) {
    for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        if (recvfrom(udp, input, sizeof input, 0, (struct sockaddr *)&from, &length) < 0) {
            return;
        }
        sendto(udp, reply, REPLY_BYTES, MSG_NOSIGNAL, (struct sockaddr *)&from, length);
    }
}

static int bound(int type, int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    require(fd >= 0, "socket");
    if (type == SOCK_STREAM) {
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    } else {
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &(int){UDP_BUFFER_BYTES}, sizeof(int));
    }
    require(bind(fd, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    return fd;
}

static void *sleep_for_ever(void *nothing) {
    for (;;) {
        pause();
    }
    return nothing;
}

/* As a JVM does, to the hard limit; but containers have one of a thousand million, and there is memory for each. */
static size_t raise_descriptor_limit(void) {
    struct rlimit limit;
    require(getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
    limit.rlim_cur = limit.rlim_max < MOST_DESCRIPTORS ? limit.rlim_max : MOST_DESCRIPTORS;
    require(setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
    return limit.rlim_cur;
}

int main(int count, char **words) {
    as_jvm = count == 3 && strcmp(words[2], "jvm") == 0;
    int port = count > 1 ? atoi(words[1]) : 0;
    if (port < 1 || port > 65535 || count > 3 || (count == 3 && !as_jvm)) {
        fprintf(stderr, "usage: %s PORT [jvm]\n", words[0]);
        return 2;
    }
    for (int i = 0; i < MOST_REPLIES; i++) {
        memcpy(replies + i * REPLY_BYTES, reply, REPLY_BYTES);
    }
    connections = calloc(raise_descriptor_limit(), sizeof *connections);
    require(connections != NULL, "calloc");
    signal(SIGPIPE, SIG_IGN);
    pthread_t thread;
    require(!as_jvm || pthread_create(&thread, NULL, sleep_for_ever, NULL) == 0, "pthread_create");

    epoll = epoll_create1(EPOLL_CLOEXEC);
    require(epoll >= 0, "epoll_create1");
    int udp = bound(SOCK_DGRAM, port);
    watch(EPOLL_CTL_ADD, udp, EPOLLIN);
    int listener = bound(SOCK_STREAM, port);
    require(listen(listener, BACKLOG) == 0, "listen");
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);

    static struct epoll_event events[EVENTS_PER_WAIT];
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS_PER_WAIT, -1);
        require(ready >= 0 || errno == EINTR, "epoll_wait");
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                accept_all(listener);
            } else if (fd == udp) {
                answer(udp);
            } else {
                serve(fd);
            }
        }
    }
}
