namespace TopicGrpc.Engine.Clusters;

/// <summary>How clusters are chosen from the condensed tree; Python <c>cluster_selection_method</c>.</summary>
public enum ClusterSelectionMethod
{
    /// <summary>Most persistent clusters; Python <c>eom</c>.</summary>
    ExcessOfMass,

    /// <summary>All leaves of the tree; Python <c>leaf</c>.</summary>
    Leaf,
}
