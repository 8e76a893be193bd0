namespace TopicGrpc.Architecture.Tests.Orders;

/// <summary>The folder orders of the projects under <c>src</c>, one file per project.</summary>
internal static class FolderOrders
{
    public static IReadOnlyList<FolderOrder> All { get; } =
    [
        CliOrder.Order,
        ClientSdkOrder.Order,
        ClientTestingOrder.Order,
        ClusterOrder.Order,
        EngineOrder.Order,
        ExplorerOrder.Order,
        OnnxOrder.Order,
        ServerOrder.Order,
        TablesOrder.Order,
    ];
}
