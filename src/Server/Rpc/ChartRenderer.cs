using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Mapping;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Rpc;

/// <summary>Draws the charts of a version.</summary>
internal sealed class ChartRenderer(TrainingDocuments training, IOptions<FitOptions> options)
{
    private const int MaxTopics = 1000;

    /// <summary>Draws.</summary>
    /// <returns>SVG.</returns>
    public async Task<string> RenderAsync(VersionHandle version, RenderChartRequest request, CancellationToken cancellationToken)
    {
        SettingsChecks checks = new();
        checks.Range("max_topics", request.MaxTopics, 0, MaxTopics);
        checks.Range("word_count", request.WordCount, 0, 50);
        checks.Range("sample", request.Sample, 0, 1);
        CheckSize(request, checks);
        TopicModel model = version.Content;
        foreach (int id in request.TopicIds.Where(id => id < 0 || PredictionMapping.Find(model, id) is null))
        {
            checks.Add("topic_ids", FormattableString.Invariant($"the version has no topic {id} to draw"));
        }

        checks.ThrowIfAny();
        return request.Kind switch
        {
            RenderChartRequest.Types.Kind.Bars => Bars(model, request),
            RenderChartRequest.Types.Kind.DocumentMap => await MapAsync(version, request, cancellationToken),
            _ => throw Fault.InvalidField("kind", "must be KIND_BARS or KIND_DOCUMENT_MAP"),
        };
    }

    private static void CheckSize(RenderChartRequest request, SettingsChecks checks)
    {
        (int least, int most) = request.Kind == RenderChartRequest.Types.Kind.Bars ? (100, 5000) : (300, 10_000);
        if (request.Width != 0)
        {
            checks.Range("width", request.Width, least, most);
        }

        if (request.Height != 0)
        {
            checks.Range("height", request.Height, least, most);
        }
    }

    private static string Bars(TopicModel model, RenderChartRequest request)
    {
        BarChartOptions defaults = new();
        return BarChart.Render(model.Topics, defaults with
        {
            TopicIds = request.TopicIds.Count > 0 ? [.. request.TopicIds] : null,
            LargestTopics = Or(request.MaxTopics, defaults.LargestTopics),
            WordCount = Or(request.WordCount, defaults.WordCount),
            Width = Or(request.Width, defaults.Width),
            Height = Or(request.Height, defaults.Height),
        });
    }

    private async Task<string> MapAsync(VersionHandle version, RenderChartRequest request, CancellationToken cancellationToken)
    {
        ComputeOptions compute = new() { Threads = options.Value.Threads > 0 ? options.Value.Threads : Environment.ProcessorCount };
        Matrix points = version.Places.Get(compute, cancellationToken) ?? throw Fault.NotAvailable("The version keeps no embeddings to place its documents by.");
        IReadOnlyList<string>? texts = request.HideDocumentHover ? null : await TextsAsync(version, cancellationToken);
        DocumentChartOptions defaults = new();
        return DocumentChart.Render(version.Content.Topics, version.Content.Labels, points, texts, defaults with
        {
            TopicIds = request.TopicIds.Count > 0 ? [.. request.TopicIds] : null,
            LargestTopics = request.MaxTopics == 0 ? defaults.LargestTopics : request.MaxTopics,
            Sample = request.Sample == 0 ? 1 : request.Sample,
            HideAnnotations = request.HideAnnotations,
            HideDocumentHover = texts is null,
            Width = Or(request.Width, defaults.Width),
            Height = Or(request.Height, defaults.Height),
        });
    }

    /// <summary>Texts from the corpus that was fitted; null when it is gone or has lost one of the documents.</summary>
    private async Task<IReadOnlyList<string>?> TextsAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<Document> documents = await training.ReadAsync(version, cancellationToken);
            return [.. documents.Select(static document => document.Text)];
        }
        catch (ServiceException missing) when (missing.Reason == ErrorReasons.NotAvailable)
        {
            return null;
        }
    }

    private static int Or(int value, int whenZero) => value == 0 ? whenZero : value;
}
