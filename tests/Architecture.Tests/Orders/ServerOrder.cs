namespace TopicGrpc.Architecture.Tests.Orders;

/// <summary>
/// Order of the folders of <c>src/Server</c>: ground, storage, models, predictions, fits, use cases, and the gRPC edge on top.
/// </summary>
internal static class ServerOrder
{
    public static FolderOrder Order { get; } = new(
        "TopicGrpc.Server",
        "TopicGrpc.Server",
        [
            "Errors",
            "Scheduling",
            "Tls",
            "Hosting",
            "Members",
            "Contract",
            "Receiving",
            "Storage",
            "Storage/Sqlite",
            "Access",
            "Keys",
            "Authentication",
            "Audit",
            "Corpora",
            "Ingesting",
            "Models",
            "Embedding",
            "Predicting",
            "Shadowing",
            "Answering",
            "Fitting",
            "Erasing",
            "Topics",
            "Maps",
            "Documents",
            "Charts",
            "Transfers",
            "Backups",
            "Verification",
            "Http",
            "OpenApi",
            "OpenAi",
            "Uploads",
            "WebPage",
            "Telemetry",
            "Rpc",
            FolderGraph.Root,
        ]);
}
