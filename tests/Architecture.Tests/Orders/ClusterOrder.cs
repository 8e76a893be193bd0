namespace TopicGrpc.Architecture.Tests.Orders;

/// <summary>Order of the folders of <c>src/Cluster</c>.</summary>
internal static class ClusterOrder
{
    public static FolderOrder Order { get; } = new(
        "TopicGrpc.Cluster",
        "TopicGrpc.Cluster",
        [
            "Members",
            "Jobs",
            "Postgres",
            "ObjectStore",
            "ObjectStore/Folders",
            "ObjectStore/S3",
            "ObjectStore/Opening",
            "Artifacts",
            "Silo",
            "Embedding",
            "Embedding/Grains",
            "Versions",
            "Checkpoints",
            "Changes",
            "Documents",
            "Assignments",
            "Erasing",
            "Importing",
            FolderGraph.Root,
        ]);
}
