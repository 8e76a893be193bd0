namespace TopicGrpc.Architecture.Tests.Orders;

/// <summary>Order of the folders of <c>src/Tables</c>: streams, values, the formats, documents from rows, writers.</summary>
internal static class TablesOrder
{
    public static FolderOrder Order { get; } = new(
        "TopicGrpc.Tables",
        "TopicGrpc.Tables",
        ["Streams", "Values", "ParquetFiles", "ArrowStreams", "Vectors", "Documents", "Writing"]);
}
