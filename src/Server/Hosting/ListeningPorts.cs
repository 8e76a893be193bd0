using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// The ports of the server. With TLS, the client chooses HTTP/2 or HTTP/1.1 by ALPN on one port. Without TLS it cannot, so each protocol
/// has a port of its own.
/// </summary>
internal static class ListeningPorts
{
    private const int MaxCallsPerConnection = 1024;

    /// <summary>Configures Kestrel with the options of the server.</summary>
    public static void Listen(KestrelServerOptions kestrel)
    {
        IServiceProvider services = kestrel.ApplicationServices;
        ServerOptions options = services.GetRequiredService<IOptions<ServerOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;

        // With Kestrel's default of 100, a client with one connection queues further calls itself, where the server cannot reject them. And
        // if many are canceled at once, Kestrel assumes an attack and resets the connection, which ends the other calls too.
        kestrel.Limits.Http2.MaxStreamsPerConnection = MaxCallsPerConnection;

        var address = IPAddress.Parse(options.Address);
        if (options.Tls.IsEnabled)
        {
            TlsHandshake handshake = ActivatorUtilities.CreateInstance<TlsHandshake>(services, options.Tls);
            kestrel.Listen(address, options.Port, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http1AndHttp2;
                endpoint.UseHttps(handshake.ToKestrel());
                LimitResets(endpoint);
            });
            return;
        }

        kestrel.Listen(address, options.Port, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http2;
            LimitResets(endpoint);
        });
        if (options.HttpPort is { } port)
        {
            kestrel.Listen(address, port, static endpoint => endpoint.Protocols = HttpProtocols.Http1);
        }

        // With TLS the limit reads what was decrypted, so it comes last.
        void LimitResets(ListenOptions endpoint) => endpoint.Use(
            next => LimitedTransport.Limit(next, options.MaxResetsPerSecond, services.GetRequiredService<TimeProvider>()));
    }
}
