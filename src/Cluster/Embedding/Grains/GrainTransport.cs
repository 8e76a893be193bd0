using TopicGrpc.Cluster.Silo;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Embedding.Grains;

/// <summary>Reaches other members by their silos.</summary>
internal sealed class GrainTransport(ISilo silo) : IWorkerTransport
{
    /// <inheritdoc/>
    public IEmbeddingWorker? Find(Member member, string id) => silo.Grains is { } grains && member.SiloAddress.Length > 0
        ? new GrainWorker(id, grains.GetGrain<IEmbeddingGrain>(member.SiloAddress))
        : null;
}
