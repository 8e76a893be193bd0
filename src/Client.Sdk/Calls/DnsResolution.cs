using Grpc.Net.Client.Balancer;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// Gives a channel a resolver that looks names up again in a rhythm; without one, servers added later stay unseen until a connection
/// breaks.
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
