using TopicGrpc.Client.Topics;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Mapping;

/// <summary>Topics and charts.</summary>
internal static class TopicMapping
{
    public static TopicInfo Map(Wire.Topic wire) => new()
    {
        Id = wire.TopicId,
        Count = wire.DocumentCount,
        Name = wire.TopicName,
        Label = wire.Label,
        Words = Words(wire.Words),
        RepresentativeDocuments = [.. wire.RepresentativeDocuments.Select(static document => new RepresentativeDocument(document.DocumentId, document.Text))],
        Aspects = wire.Aspects.ToDictionary(static aspect => aspect.Name, static aspect => Words(aspect.Words)),
    };

    public static IReadOnlyList<TopicWord> Words(IEnumerable<Wire.TopicWord> words) => [.. words.Select(static word => new TopicWord(word.Term, word.Score))];

    public static DocumentTopic Map(Wire.ListTopicDocumentsResponse.Types.Member wire) =>
        new(wire.DocumentId, wire.TopicId, wire.Probability, wire.Representative);

    public static Wire.RenderChartRequest Map(Wire.ModelSelector selector, ChartKind kind, ChartOptions options) => new()
    {
        Selector = selector,
        Kind = kind switch
        {
            ChartKind.Bars => Wire.RenderChartRequest.Types.Kind.Bars,
            ChartKind.DocumentMap => Wire.RenderChartRequest.Types.Kind.DocumentMap,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such chart."),
        },
        Width = options.Width ?? 0,
        Height = options.Height ?? 0,
        MaxTopics = options.MaxTopics ?? 0,
        TopicIds = { options.TopicIds },
        WordCount = options.WordCount ?? 0,
        Sample = options.Sample ?? 0,
        HideAnnotations = options.HideAnnotations,
        HideDocumentHover = options.HideDocumentHover,
    };
}
