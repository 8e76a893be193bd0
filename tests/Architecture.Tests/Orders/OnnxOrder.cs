namespace TopicGrpc.Architecture.Tests.Orders;

/// <summary>Order of the folders of <c>src/Onnx</c>.</summary>
internal static class OnnxOrder
{
    public static FolderOrder Order { get; } = new("TopicGrpc.Onnx", "TopicGrpc.Onnx", ["Tokens", "Assets", FolderGraph.Root]);
}
