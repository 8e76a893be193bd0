using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;
using Kind = TopicGrpc.V1.RenderChartRequest.Types.Kind;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Mapping;

/// <summary>Maps the options of requests about topics.</summary>
internal static class QueryFromWire
{
    public static TopicsOverTimeOptions Options(Wire.ListTopicsOverTimeRequest wire) => new()
    {
        BinCount = Given(wire.BinCount),
        GlobalTuning = !wire.HasGlobalTuning || wire.GlobalTuning,
        EvolutionTuning = !wire.HasEvolutionTuning || wire.EvolutionTuning,
        TopicIds = [.. wire.TopicIds],
    };

    public static TopicsPerClassOptions Options(Wire.ListTopicsPerClassRequest wire) =>
        new() { GlobalTuning = !wire.HasGlobalTuning || wire.GlobalTuning, TopicIds = [.. wire.TopicIds] };

    public static ChartOptions Options(Wire.RenderChartRequest wire) => new()
    {
        Width = Given(wire.Width),
        Height = Given(wire.Height),
        MaxTopics = Given(wire.MaxTopics),
        TopicIds = [.. wire.TopicIds],
        WordCount = Given(wire.WordCount),
        Sample = wire.Sample == 0 ? null : wire.Sample,
        HideAnnotations = wire.HideAnnotations,
        HideDocumentHover = wire.HideDocumentHover,
        LogScale = wire.LogScale,
        ColorThreshold = wire.HasColorThreshold ? wire.ColorThreshold : null,
        BinCount = Given(wire.BinCount),
        Attribute = wire.Attribute.Length == 0 ? null : wire.Attribute,
        NormalizeFrequency = wire.NormalizeFrequency,
        Text = wire.Text.Length == 0 ? null : wire.Text,
        MinProbability = wire.HasMinProbability ? wire.MinProbability : null,
    };

    public static ChartKind Map(Kind kind) => kind switch
    {
        Kind.Bars => ChartKind.Bars,
        Kind.DocumentMap => ChartKind.DocumentMap,
        Kind.TopicMap => ChartKind.TopicMap,
        Kind.Heatmap => ChartKind.Heatmap,
        Kind.Hierarchy => ChartKind.Hierarchy,
        Kind.TermRank => ChartKind.TermRank,
        Kind.TopicsOverTime => ChartKind.TopicsOverTime,
        Kind.TopicsPerClass => ChartKind.TopicsPerClass,
        Kind.Distribution => ChartKind.Distribution,
        Kind.Layers => ChartKind.Layers,
        Kind.Resolution => ChartKind.Resolution,
        _ => throw StatusToWire.Exception(TopicGrpcStatus.InvalidArgument, ErrorReasons.InvalidField, $"There is no chart {kind}."),
    };

    // The contract's zero and the client's null both mean the default.
    private static int? Given(int value) => value == 0 ? null : value;
}
