using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace TopicGrpc.Client.Balancing;

/// <summary>Connects to all servers and passes calls in turn to those that are connected and not suspended.</summary>
internal sealed class MemberBalancer(IChannelControlHelper controller, ILoggerFactory loggerFactory, MemberHealth health)
    : SubchannelsLoadBalancer(controller, loggerFactory)
{
    /// <summary>Name of the policy in the service configuration of a channel.</summary>
    public const string PolicyName = "topicgrpc_members";

    /// <inheritdoc/>
    public override void UpdateChannelState(ChannelState state)
    {
        health.Known = [.. (state.Addresses ?? []).Select(static address => MemberEndpoint.Of(address.EndPoint))];
        base.UpdateChannelState(state);
    }

    /// <inheritdoc/>
    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels)
    {
        Subchannel[] connected = [.. readySubchannels.Where(static subchannel => subchannel.CurrentAddress is not null)];
        MemberEndpoint[] members = [.. connected.Select(static subchannel => MemberEndpoint.Of(subchannel.CurrentAddress!.EndPoint))];
        health.Connected = members;
        return new MemberPicker(connected, members, health);
    }
}
