using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Cluster.Silo;

namespace TopicGrpc.Cluster.Embedding.Grains;

/// <summary>Runs the worker of this member in its silo.</summary>
internal sealed class EmbeddingSiloPart(ChunkRunner runner) : ISiloPart
{
    /// <inheritdoc/>
    public void AddTo(ISiloBuilder silo)
    {
        silo.Services.AddSingleton(runner);
        silo.AddPlacementDirector<MemberPlacement, MemberPlacementDirector>();
    }
}
