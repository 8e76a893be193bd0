namespace TopicGrpc.Architecture.Tests.Orders;

internal static class ExplorerOrder
{
    public static FolderOrder Order { get; } = new(
        "TopicGrpc.Explorer",
        "TopicGrpc.Explorer",
        [
            "Assets",
            "Hosting",
            "Sessions",
            "Parts",
            "Map",
            "SignIn",
            "Home",
            "Topics",
            "Models",
            "Asking",
            "Fitting",
            "Comparing",
            "Curating",
            FolderGraph.Root,
        ]);
}
