namespace TopicGrpc.Architecture.Tests.Orders;

internal static class ClientTestingOrder
{
    public static FolderOrder Order { get; } = new(
        "TopicGrpc.Client.Testing",
        "TopicGrpc.Client.Testing",
        ["Calls", "Transport", "State", "Mapping", "Scripts", "Services", FolderGraph.Root]);
}
