namespace TopicGrpc.Architecture.Tests.Orders;

internal static class CliOrder
{
    public static FolderOrder Order { get; } = new(
        "topicgrpc",
        "TopicGrpc.Cli",
        [
            "Errors",
            "Terminals",
            "Names",
            "Input",
            "Hosting",
            "Settings",
            "Reports",
            "Output",
            "Jobs",
            "Exports",
            "Options",
            "Commands/Maps",
            "Commands/Models",
            "Commands/Maintenance",
            "Commands/Keys",
            "Commands/Cluster",
            "Commands/Corpora",
            "Commands/Fits",
            "Commands/Exports",
            "Commands/Topics",
            "Commands/Workflow",
            "Commands/Serving",
            FolderGraph.Root,
        ]);
}
