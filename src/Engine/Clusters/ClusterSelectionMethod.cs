namespace TopicGrpc.Engine.Clusters;

/// <summary>Selection of clusters from the condensed tree; Python <c>cluster_selection_method</c>.</summary>
public enum ClusterSelectionMethod
{
    /// <summary>Excess of mass: the set of disjoint clusters with the largest total stability; Python <c>eom</c>.</summary>
    ExcessOfMass,

    /// <summary>All leaves of the tree, which gives smaller, more uniform clusters; Python <c>leaf</c>.</summary>
    Leaf,
}
