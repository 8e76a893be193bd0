using System.Net;
using System.Net.Sockets;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Silo;

/// <summary>
/// Address and port of the silo. Orleans itself shares a port with another process without an error, so it is checked here.
/// </summary>
internal static class SiloEndpoint
{
    private const string Option = SiloOptions.SectionName + ":";

    /// <summary>Returns the endpoint of the options, with a free port.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="serverAddress"><c>Server:Address</c>.</param>
    /// <exception cref="StartupException">
    /// The address is unknown or not of this machine, the port is in use, or the address is no loopback address and has no TLS.
    /// </exception>
    public static IPEndPoint Reserve(SiloOptions options, string serverAddress)
    {
        IPAddress address = Resolve(options, serverAddress);
        if (!options.Tls.IsEnabled && !IPAddress.IsLoopback(address))
        {
            throw new StartupException(
                $"{Option}{nameof(options.AllowInsecure)}: the silo listens on {address}, which other machines can reach, and has no TLS. "
                + $"Set {Option}{nameof(options.Tls)}:CertificateFile and ClientCaFile, or {Option}{nameof(options.Address)} to 127.0.0.1.",
                StartupException.UsageError);
        }

        try
        {
            return Probe(new IPEndPoint(address, options.Port));
        }
        catch (SocketException exception)
        {
            throw new StartupException(
                FormattableString.Invariant(
                    $"{Option}{nameof(options.Port)}: the silo cannot listen on {address}:{options.Port}: {exception.Message}. ")
                + "Stop the process that uses the port, or set another address or port.",
                exception);
        }
    }

    private static IPEndPoint Probe(IPEndPoint endpoint)
    {
        using Socket socket = new(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        // Without reuse of addresses, which .NET sets for listeners: the silo of another process must be found.
        socket.ExclusiveAddressUse = true;
        socket.Bind(endpoint);
        socket.Listen();
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private static IPAddress Resolve(SiloOptions options, string serverAddress)
    {
        string name = options.Address
            ?? (IPAddress.TryParse(serverAddress, out IPAddress? server) && IPAddress.IsLoopback(server) ? "127.0.0.1" : Dns.GetHostName());
        try
        {
            IPAddress[] addresses = Dns.GetHostAddresses(name);
            return Array.Find(addresses, static address => address.AddressFamily == AddressFamily.InterNetwork)
                ?? (addresses.Length > 0 ? addresses[0] : throw Unknown(name));
        }
        catch (SocketException)
        {
            throw Unknown(name);
        }
    }

    private static StartupException Unknown(string name) => new(
        $"{Option}{nameof(SiloOptions.Address)}: '{name}' has no IP address. Set an IP address or a host name of this machine.",
        StartupException.UsageError);
}
