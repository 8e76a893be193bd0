using Grpc.Net.Client.Balancer;

namespace TopicGrpc.Client.Balancing;

/// <summary>Creates the balancer of a channel.</summary>
internal sealed class MemberBalancerFactory(MemberHealth health) : LoadBalancerFactory
{
    /// <inheritdoc/>
    public override string Name => MemberBalancer.PolicyName;

    /// <inheritdoc/>
    public override LoadBalancer Create(LoadBalancerOptions options) =>
        new MemberBalancer(options.Controller, options.LoggerFactory, health);
}
