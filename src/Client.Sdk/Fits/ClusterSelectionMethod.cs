namespace TopicGrpc.Client.Fits;

/// <summary>How clusters are chosen from the tree; Python <c>cluster_selection_method</c>.</summary>
public enum ClusterSelectionMethod
{
    /// <summary>Excess of mass; Python <c>"eom"</c>.</summary>
    ExcessOfMass,

    /// <summary>The leaves of the tree; Python <c>"leaf"</c>.</summary>
    Leaf,
}
