using Orleans.Runtime.Placement;

namespace TopicGrpc.Cluster.Embedding.Grains;

/// <summary>
/// Places a grain on the silo whose address is its key, or fails. The address has the generation of the silo, so a grain of a silo that has
/// ended never runs on the one that followed it.
/// </summary>
internal sealed class MemberPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silo = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(silo)
            ? Task.FromResult(silo)
            : Task.FromException<SiloAddress>(new SiloUnavailableException($"The silo {silo} is not a live member of the cluster."));
    }
}
