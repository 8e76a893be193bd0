using System.Net;
using System.Net.Sockets;

namespace TopicGrpc.Testing;

/// <summary>Free TCP ports of this machine, for programs that cannot choose one themselves.</summary>
public static class LoopbackPort
{
    /// <summary>Binds a port and releases it: nothing listens there now.</summary>
    public static IPEndPoint Free()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
