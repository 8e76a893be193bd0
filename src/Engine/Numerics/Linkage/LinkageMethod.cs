namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>Distance of a merged cluster to the others (Lance and Williams 1967).</summary>
internal enum LinkageMethod
{
    /// <summary>Mean over all pairs (UPGMA).</summary>
    Average,

    /// <summary>Increase of the sum of squares.</summary>
    Ward,
}
