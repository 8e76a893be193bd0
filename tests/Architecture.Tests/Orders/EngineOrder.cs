namespace TopicGrpc.Architecture.Tests.Orders;

/// <summary>Order of the folders of <c>src/Engine</c>: arithmetic, then the stages of a fit, then what works on a fitted model.</summary>
internal static class EngineOrder
{
    public static FolderOrder Order { get; } = new(
        "TopicGrpc.Engine",
        "TopicGrpc.Engine",
        [
            "Storage",
            "Numerics",
            "Numerics/Linkage",
            "Documents",
            "Embeddings",
            "Neighbors",
            "Layout",
            "Clusters",
            "Clusters/Layers",
            "Words/Segmentation",
            "Words/Languages",
            "Words",
            "Topics/Settings",
            "Topics/Recognition",
            "Topics/Reports",
            "Topics/Checkpoints",
            "Topics",
            "Topics/Erasure",
            "Topics/Grouping",
            "Topics/Description",
            "Topics/Layering",
            "Topics/Lineage",
            "Topics/Comparison",
            "Topics/Queries",
            "Topics/Quality",
            "Topics/Representations",
            "Topics/Operations",
            "Topics/Fitting",
            "Topics/Estimation",
            "Charts",
            "Archive",
            "Archive/Bertopic",
        ]);
}
