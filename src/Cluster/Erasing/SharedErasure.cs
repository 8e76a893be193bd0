using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Erasing;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Cluster.Erasing;

/// <summary>Erasure of documents in a cluster.</summary>
internal sealed class SharedErasure(
    IMembers members,
    MetadataDatabase database,
    ICorpusLog log,
    LogRewrite rewrite,
    RecordSweep records,
    ArtifactSweep artifacts,
    TimeProvider clock) : ISharedErasure
{
    // A member may have to fetch the documents of the corpus again.
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public Task<bool> TryClaimAsync(CancellationToken cancellationToken)
    {
        Member own = members.Own;
        return own is { State: MemberState.Alive, Role: not MemberRole.Embed }
            ? TryClaimAsync(own, cancellationToken)
            : ReleaseAsync(own, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(CancellationToken cancellationToken) => ReleaseAsync(members.Own, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> RewriteAsync(
        string corpusId, string logId, IReadOnlySet<int> places, CancellationToken cancellationToken)
    {
        try
        {
            return await rewrite.RunAsync(corpusId, logId, places, cancellationToken);
        }
        catch (InvalidDataException damage)
        {
            throw Fault.CorpusDamaged(ResourceNames.Corpus(corpusId), damage.Message, damage);
        }
        catch (IOException failure)
        {
            throw Fault.StorageUnavailable($"The documents of '{ResourceNames.Corpus(corpusId)}'", failure);
        }
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(string corpusId, CancellationToken cancellationToken)
    {
        try
        {
            await records.RunAsync(cancellationToken);
            await database.WriteAsync(ErasureClaim.EndGrace, cancellationToken);
            await artifacts.DeleteFreeAsync(cancellationToken);
        }
        catch (ObjectStoreException failure)
        {
            throw Fault.StorageUnavailable("The object store", failure);
        }

        await WaitAsync(corpusId, cancellationToken);
    }

    private async Task WaitAsync(string corpusId, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        while (await log.FindAsync(corpusId, cancellationToken) is { } state)
        {
            List<string> behind = await database.ReadAsync(
                connection => ErasureClaim.ReadBehind(connection, state.Id), cancellationToken);
            if (behind.Count == 0)
            {
                return;
            }

            if (clock.GetElapsedTime(started) > WaitLimit)
            {
                throw Fault.MembersBehind(
                    $"Erased documents of '{ResourceNames.Corpus(corpusId)}' were removed from all shared files.", behind);
            }

            await Task.Delay(Poll, clock, cancellationToken);
        }
    }

    private async Task<bool> TryClaimAsync(Member own, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => ErasureClaim.IsOf(connection, own), cancellationToken)
        || await database.WriteAsync(connection => ErasureClaim.TryAcquire(connection, own), cancellationToken);

    private async Task<bool> ReleaseAsync(Member own, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(connection => ErasureClaim.IsOf(connection, own), cancellationToken))
        {
            await database.WriteAsync(connection => ErasureClaim.Release(connection, own), cancellationToken);
        }

        return false;
    }
}
