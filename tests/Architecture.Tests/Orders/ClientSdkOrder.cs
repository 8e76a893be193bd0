namespace TopicGrpc.Architecture.Tests.Orders;

internal static class ClientSdkOrder
{
    public static FolderOrder Order { get; } = new(
        "TopicGrpc.Client",
        "TopicGrpc.Client",
        [
            "Errors",
            "Configuration",
            "Balancing",
            "Calls",
            "Selectors",
            "Settings",
            "Keys",
            "Servers",
            "Cluster",
            "Corpora",
            "Topics",
            "Maps",
            "Operations",
            "Fits",
            "Predictions",
            "Models",
            "Maintenance",
            FolderGraph.Root,
        ]);
}
