namespace TopicGrpc.Explorer.Curating;

/// <summary>A change of topics that the view offers.</summary>
public enum CurationKind
{
    /// <summary>Set the custom label of topics.</summary>
    Rename,

    /// <summary>Merge the chosen topics into one.</summary>
    Merge,

    /// <summary>Merge several groups of topics.</summary>
    MergeGroups,

    /// <summary>Split one topic.</summary>
    Split,

    /// <summary>Merge similar topics.</summary>
    Reduce,

    /// <summary>Assign outliers to topics.</summary>
    ReduceOutliers,

    /// <summary>Find topics among the outliers.</summary>
    RefitOutliers,

    /// <summary>Turn topics into outliers.</summary>
    Delete,
}
