package dev.muster.master;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;

/** A process that holds connections and says nothing, as the limit of open files asks for one of its own. */
final class IdleClients implements AutoCloseable {
    private final Process process;

    private IdleClients(Process process) {
        this.process = process;
    }

    /** Opens so many connections and returns when they are there. */
    static IdleClients open(int port, int connections) throws IOException {
        var process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleClients.class.getName(),
                        String.valueOf(port),
                        String.valueOf(connections))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = process.inputReader().readLine();
        if (!"open".equals(said)) {
            process.destroyForcibly();
            throw new IOException("the idle clients said " + said);
        }
        return new IdleClients(process);
    }

    /** The whole program: it ends when its parent does or closes it. */
    public static void main(String[] args) throws IOException {
        var master = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        var held = new ArrayList<SocketChannel>();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            held.add(SocketChannel.open(master));
        }
        System.out.println("open");
        while (System.in.read() >= 0) {
            // nothing is ever said
        }
        for (var channel : held) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
