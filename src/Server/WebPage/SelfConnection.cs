using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Server.WebPage;

/// <summary>
/// How the page calls the server that serves it: over the network stack of this machine, like every client, so that authentication, limits,
/// quotas and the audit log apply to its visitors.
/// </summary>
internal sealed class SelfConnection : IDisposable
{
    private readonly IServer _server;
    private readonly ServerOptions _options;
    private readonly SocketsHttpHandler _handler;

    public SelfConnection(IServer server, IOptions<ServerOptions> options, IServiceProvider services)
    {
        _server = server;
        _options = options.Value;
        _handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseProxy = false,
        };
        if (_options.Tls.IsEnabled)
        {
            TlsCertificates certificates = services.GetRequiredService<TlsCertificates>();
            _handler.SslOptions = new SslClientAuthenticationOptions
            {
                // The name in the certificate is that of the network. The certificate itself proves that the other end is this server.
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null
                    && presented.GetRawCertData().AsSpan().SequenceEqual(certificates.Current.Server.TargetCertificate.RawData),
            };
        }
    }

    /// <summary>Returns new options of a client.</summary>
    public TopicGrpcClientOptions CreateOptions() => new() { Address = Address(), HttpHandler = _handler };

    public void Dispose() => _handler.Dispose();

    private Uri Address()
    {
        Uri bound = new(_server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var address = IPAddress.Parse(_options.Address);
        if (address.Equals(IPAddress.Any))
        {
            address = IPAddress.Loopback;
        }
        else if (address.Equals(IPAddress.IPv6Any))
        {
            address = IPAddress.IPv6Loopback;
        }

        return new Uri($"{bound.Scheme}://{new IPEndPoint(address, bound.Port)}");
    }
}
