using System.Globalization;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// The members of the cluster as workers. Whether a process is dead is decided by its lease and not by the transport, whose view of the
/// members is only eventually the same. While the transport reaches no other member, a coordinator has itself only.
/// </summary>
/// <param name="members">The members.</param>
/// <param name="runner">Embeds chunks on this member.</param>
/// <param name="transports">Reaches other members.</param>
internal sealed class MemberWorkers(
    IMembers members, ChunkRunner runner, IEnumerable<IWorkerTransport> transports) : IEmbeddingWorkers
{
    private readonly IWorkerTransport[] _transports = [.. transports];

    /// <inheritdoc/>
    public IReadOnlyList<IEmbeddingWorker> List()
    {
        string own = IdOf(members.Own);
        List<IEmbeddingWorker> workers = [];
        foreach (Member member in members.Known.Where(static member => member.Embeds))
        {
            string id = IdOf(member);
            if (id == own)
            {
                workers.Add(new OwnWorker(id, runner));
                continue;
            }

            foreach (IWorkerTransport transport in _transports)
            {
                if (transport.Find(member, id) is { } worker)
                {
                    workers.Add(worker);
                    break;
                }
            }
        }

        return workers;
    }

    /// <inheritdoc/>
    public bool IsAlive(string id) => members.Known.Any(member => member.IsLive && IdOf(member) == id);

    // With the epoch of the lease: a member that starts again is another process.
    private static string IdOf(Member member) => string.Create(CultureInfo.InvariantCulture, $"{member.Id}@{member.Epoch}");
}
