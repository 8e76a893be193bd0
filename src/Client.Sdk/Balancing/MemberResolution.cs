using Grpc.Net.Client.Balancer;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Balancing;

/// <summary>
/// Provides a channel with its balancer and its resolvers: a list of addresses, or the addresses of a name, resolved again at an interval.
/// Without the interval, the channel notices added servers only when a connection breaks.
/// </summary>
internal sealed class MemberResolution(TopicGrpcClientOptions options, MemberHealth health) : IServiceProvider
{
    /// <summary>Address of a channel to <see cref="TopicGrpcClientOptions.Addresses"/>.</summary>
    public static Uri ListAddress { get; } = new("static:///members");

    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(IEnumerable<ResolverFactory>))
        {
            return new ResolverFactory[] { new StaticResolverFactory(_ => Listed()), new DnsResolverFactory(options.DnsRefreshInterval) };
        }

        return serviceType == typeof(IEnumerable<LoadBalancerFactory>)
            ? new LoadBalancerFactory[] { new MemberBalancerFactory(health) }
            : null;
    }

    // The name of each address, not that of the list, is verified by TLS.
    private IEnumerable<BalancerAddress> Listed() =>
        options.Addresses.Select(static address => new BalancerAddress(address.DnsSafeHost, address.Port));
}
