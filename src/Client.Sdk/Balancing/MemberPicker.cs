using System.Security.Cryptography;
using Grpc.Net.Client.Balancer;

namespace TopicGrpc.Client.Balancing;

/// <summary>
/// Selects the servers that are not suspended in turn. If all are suspended, it selects among all: a suspended server is better than none.
/// </summary>
internal sealed class MemberPicker(IReadOnlyList<Subchannel> connected, IReadOnlyList<MemberEndpoint> members, MemberHealth health)
    : SubchannelPicker
{
    // Clients that start together must not select the same server first.
    private int _turn = connected.Count > 0 ? RandomNumberGenerator.GetInt32(connected.Count) : 0;

    /// <inheritdoc/>
    public override PickResult Pick(PickContext context)
    {
        if (connected.Count == 0)
        {
            return PickResult.ForQueue();
        }

        int index = Select((uint)Interlocked.Increment(ref _turn));
        health.Selected(members[index]);
        return PickResult.ForSubchannel(connected[index]);
    }

    private int Select(uint turn)
    {
        int ready = 0;
        for (int i = 0; i < members.Count; i++)
        {
            ready += health.IsSuspended(members[i]) ? 0 : 1;
        }

        int position = ready > 0 ? (int)(turn % (uint)ready) : 0;
        for (int i = 0; ready > 0 && i < members.Count; i++)
        {
            if (!health.IsSuspended(members[i]) && position-- == 0)
            {
                return i;
            }
        }

        // None, or another call has just suspended one.
        return (int)(turn % (uint)members.Count);
    }
}
