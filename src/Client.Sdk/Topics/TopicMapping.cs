using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Topics;

/// <summary>Maps topics and charts.</summary>
internal static class TopicMapping
{
    public static TopicInfo Map(Wire.Topic wire) => new()
    {
        Id = wire.TopicId,
        Uid = wire.Uid,
        Count = wire.DocumentCount,
        Name = wire.TopicName,
        Label = wire.Label,
        Words = Words(wire.Words),
        RepresentativeDocuments =
            [.. wire.RepresentativeDocuments.Select(static document => new RepresentativeDocument(document.DocumentId, document.Text))],
        Aspects = wire.Aspects.ToDictionary(static aspect => aspect.Name, static aspect => Words(aspect.Words)),
    };

    public static IReadOnlyList<TopicWord> Words(IEnumerable<Wire.TopicWord> words) =>
        [.. words.Select(static word => new TopicWord(word.Term, word.Score))];

    public static DocumentTopic Map(Wire.ListTopicDocumentsResponse.Types.Member wire, ListDocumentsOptions options) =>
        new(wire.DocumentId, wire.TopicId, wire.Probability, wire.Representative)
        {
            Text = options.IncludeContent ? wire.Text : null,
            Time = options.IncludeContent ? WireTimes.Time(wire.EventTime) : null,
            Attributes = options.IncludeContent ? wire.Attributes.ToDictionary(StringComparer.Ordinal) : null,
            Position = wire.Position is { } position ? new DocumentPosition(position.X, position.Y) : null,
            Embedding = options.IncludeEmbedding ? wire.Embedding.ToArray() : default(ReadOnlyMemory<float>?),
        };

    public static Wire.RenderChartRequest Map(Wire.ModelSelector selector, ChartKind kind, ChartOptions options)
    {
        Wire.RenderChartRequest request = new()
        {
            Selector = selector,
            Kind = Map(kind),
            Width = options.Width ?? 0,
            Height = options.Height ?? 0,
            MaxTopics = options.MaxTopics ?? 0,
            TopicIds = { options.TopicIds },
            WordCount = options.WordCount ?? 0,
            Sample = options.Sample ?? 0,
            HideAnnotations = options.HideAnnotations,
            HideDocumentHover = options.HideDocumentHover,
            LogScale = options.LogScale,
            BinCount = options.BinCount ?? 0,
            Attribute = options.Attribute ?? string.Empty,
            NormalizeFrequency = options.NormalizeFrequency,
            Text = options.Text ?? string.Empty,
        };
        if (options.ColorThreshold is { } threshold)
        {
            request.ColorThreshold = threshold;
        }

        if (options.MinProbability is { } least)
        {
            request.MinProbability = least;
        }

        return request;
    }

    private static Wire.RenderChartRequest.Types.Kind Map(ChartKind kind) => kind switch
    {
        ChartKind.Bars => Wire.RenderChartRequest.Types.Kind.Bars,
        ChartKind.DocumentMap => Wire.RenderChartRequest.Types.Kind.DocumentMap,
        ChartKind.TopicMap => Wire.RenderChartRequest.Types.Kind.TopicMap,
        ChartKind.Heatmap => Wire.RenderChartRequest.Types.Kind.Heatmap,
        ChartKind.Hierarchy => Wire.RenderChartRequest.Types.Kind.Hierarchy,
        ChartKind.TermRank => Wire.RenderChartRequest.Types.Kind.TermRank,
        ChartKind.TopicsOverTime => Wire.RenderChartRequest.Types.Kind.TopicsOverTime,
        ChartKind.TopicsPerClass => Wire.RenderChartRequest.Types.Kind.TopicsPerClass,
        ChartKind.Distribution => Wire.RenderChartRequest.Types.Kind.Distribution,
        ChartKind.Layers => Wire.RenderChartRequest.Types.Kind.Layers,
        ChartKind.Resolution => Wire.RenderChartRequest.Types.Kind.Resolution,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind of chart is not defined."),
    };
}
