namespace TopicGrpc.Cluster.Silo;

/// <summary>
/// Something that runs in the silo. The silo has services of its own; a part adds the services of the server that its grains need. It is
/// called again whenever the silo starts again.
/// </summary>
internal interface ISiloPart
{
    /// <summary>Adds grains and services.</summary>
    void AddTo(ISiloBuilder silo);
}
