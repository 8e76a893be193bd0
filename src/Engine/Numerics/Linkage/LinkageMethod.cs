namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>Update rule for the distances of a merged cluster (Lance and Williams 1967).</summary>
internal enum LinkageMethod
{
    /// <summary>Mean distance over all pairs (UPGMA).</summary>
    Average,

    /// <summary>Increase of the within-cluster sum of squares (Ward).</summary>
    Ward,
}
