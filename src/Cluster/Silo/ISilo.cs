namespace TopicGrpc.Cluster.Silo;

/// <summary>
/// The silo of this member. It starts after the server and starts again after a failure, so it may be absent at any time.
/// </summary>
internal interface ISilo
{
    /// <summary>Calls to the grains of all members; null while the silo does not run.</summary>
    IGrainFactory? Grains { get; }

    /// <summary>Address of the silo; null while it does not run.</summary>
    SiloAddress? Address { get; }

    /// <summary>Services of the silo; null while it does not run.</summary>
    IServiceProvider? Services { get; }
}
