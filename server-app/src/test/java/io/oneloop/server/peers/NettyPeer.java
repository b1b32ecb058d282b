package io.oneloop.server.peers;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Netty on one event loop. Tuned, one handler counts the lines and writes all their replies as a slice of one buffer, and
 * flushes once per read, as Netty's documentation advises; on epoll, datagrams are received many at a time. Plain, it is
 * built of decoder and handler as Netty's own examples are.
 */
public final class NettyPeer {

    private static final int DATAGRAM_BYTES = 2048;
    private static final ByteBuf REPLIES = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(Replies.repeated()));

    private NettyPeer() {}

    /** Serves the port given first, with the transport {@code nio} or {@code epoll}, {@code tuned} or {@code plain}. */
    public static void main(String[] args) throws InterruptedException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        boolean epoll = args[1].equals("epoll");
        boolean tuned = args[2].equals("tuned");
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        bindTcp(address, group, epoll, tuned);
        bindUdp(address, group, epoll, tuned);
    }

    private static void bindTcp(InetSocketAddress address, EventLoopGroup group, boolean epoll, boolean tuned)
            throws InterruptedException {
        ChannelHandler counting = new LineHandler();
        new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tuned) {
                            channel.pipeline().addLast(counting);
                        } else {
                            channel.pipeline().addLast(new LineBasedFrameDecoder(4096), new FrameHandler());
                        }
                    }
                })
                .bind(address)
                .sync();
    }

    private static void bindUdp(InetSocketAddress address, EventLoopGroup group, boolean epoll, boolean tuned)
            throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, 4 * 1024 * 1024)
                .handler(new DatagramHandler());
        if (tuned && epoll) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES);
        }
        bootstrap.bind(address).sync();
    }

    /** Tuned: no decoder, no buffer per reply. */
    @Sharable
    private static final class LineHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf data = (ByteBuf) message;
            int lines = 0;
            int from = data.readerIndex();
            int newline;
            while ((newline = data.indexOf(from, data.writerIndex(), (byte) '\n')) >= 0) {
                lines++;
                from = newline + 1;
            }
            data.release();
            if (lines > 0) {
                context.write(REPLIES.slice(0, lines * Replies.ONE.length), context.voidPromise());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
            context.close();
        }
    }

    /** Plain: behind a decoder, with a buffer per reply. */
    private static final class FrameHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            context.write(Unpooled.copiedBuffer(Replies.ONE));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
            context.close();
        }
    }

    private static final class DatagramHandler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            ByteBuf reply = REPLIES.slice(0, Replies.ONE.length);
            context.write(new DatagramPacket(reply, packet.sender()), context.voidPromise());
            packet.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
