using Grpc.Net.Client.Balancer;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// Provides a channel with a resolver that resolves names again at an interval. Without it, the channel notices added servers only when a
/// connection breaks.
/// </summary>
internal sealed class DnsResolution(TimeSpan refresh) : IServiceProvider
{
    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(IEnumerable<ResolverFactory>))
        {
            return new ResolverFactory[] { new DnsResolverFactory(refresh) };
        }

        return serviceType == typeof(IEnumerable<LoadBalancerFactory>) ? Array.Empty<LoadBalancerFactory>() : null;
    }
}
