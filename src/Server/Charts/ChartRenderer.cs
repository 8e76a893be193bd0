using Google.Protobuf;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Maps;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Topics;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Charts;

/// <summary>Renders the charts of a version as SVG.</summary>
internal sealed class ChartRenderer(
    ModelRegistry models,
    TrainingDocuments training,
    SliceReader slices,
    Predictor predictor,
    MapComputation maps,
    QueryLane lane)
{
    public async Task<RenderChartResponse> RenderAsync(RenderChartRequest request, CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        string chart = await lane.RunAsync(() => RenderAsync(lease.Handle, request, cancellationToken), cancellationToken);
        return new RenderChartResponse
        {
            ContentType = "image/svg+xml",
            Content = ByteString.CopyFromUtf8(chart),
            ModelVersion = lease.Handle.Name,
        };
    }

    private async Task<string> RenderAsync(VersionHandle version, RenderChartRequest request, CancellationToken cancellationToken)
    {
        ChartChecks.Run(version.Content, request);
        TopicModel model = version.Content;
        return request.Kind switch
        {
            RenderChartRequest.Types.Kind.Bars => TopicCharts.Bars(model, request),
            RenderChartRequest.Types.Kind.TopicMap => TopicCharts.Map(model, request, cancellationToken),
            RenderChartRequest.Types.Kind.Heatmap => TopicCharts.Heatmap(model, request, cancellationToken),
            RenderChartRequest.Types.Kind.Hierarchy => TopicCharts.Hierarchy(model, request, cancellationToken),
            RenderChartRequest.Types.Kind.Layers => TopicCharts.Layers(model, request),
            RenderChartRequest.Types.Kind.Resolution => TopicCharts.Resolution(model, request),
            RenderChartRequest.Types.Kind.TermRank => TopicCharts.TermRank(model, request),
            RenderChartRequest.Types.Kind.DocumentMap => await MapAsync(version, request, cancellationToken),
            RenderChartRequest.Types.Kind.TopicsOverTime => await OverTimeAsync(version, request, cancellationToken),
            RenderChartRequest.Types.Kind.TopicsPerClass => await PerClassAsync(version, request, cancellationToken),
            RenderChartRequest.Types.Kind.Distribution => await DistributionAsync(version, request, cancellationToken),
            _ => throw Fault.InvalidField("kind", "must be a kind of chart, KIND_BARS to KIND_RESOLUTION"),
        };
    }

    private async Task<string> OverTimeAsync(VersionHandle version, RenderChartRequest request, CancellationToken cancellationToken)
    {
        TimeSliceOptions bins = new() { BinCount = request.BinCount == 0 ? null : request.BinCount };
        (IReadOnlyList<TimeSlice> parts, _) = await slices.OverTimeAsync(version, corpus: string.Empty, bins, cancellationToken);
        TopicsOverTimeChartOptions defaults = new();
        return TopicsOverTimeChart.Render(version.Content.Topics, parts, defaults with
        {
            TopicIds = TopicCharts.Ids(request),
            LargestTopics = TopicCharts.Largest(request),
            NormalizeFrequency = request.NormalizeFrequency,
            Width = TopicCharts.Or(request.Width, defaults.Width),
            Height = TopicCharts.Or(request.Height, defaults.Height),
        });
    }

    private async Task<string> PerClassAsync(VersionHandle version, RenderChartRequest request, CancellationToken cancellationToken)
    {
        (IReadOnlyList<ClassSlice> parts, _) =
            await slices.PerClassAsync(version, corpus: string.Empty, request.Attribute, globalTuning: true, cancellationToken);
        TopicsPerClassChartOptions defaults = new();
        return TopicsPerClassChart.Render(version.Content.Topics, parts, defaults with
        {
            TopicIds = TopicCharts.Ids(request),
            LargestTopics = TopicCharts.Or(request.MaxTopics, defaults.LargestTopics),
            NormalizeFrequency = request.NormalizeFrequency,
            Width = TopicCharts.Or(request.Width, defaults.Width),
            Height = TopicCharts.Or(request.Height, defaults.Height),
        });
    }

    private async Task<string> DistributionAsync(VersionHandle version, RenderChartRequest request, CancellationToken cancellationToken)
    {
        TextRules.Check(request.Text, "text");
        PredictionMethod method = PredictionMapping.Method(PredictMode.Unspecified, version.Content, "mode");
        Question question = new(request.Text, method, EmbeddingPriority.Interactive) { AllTopics = true };
        PredictionAnswer answer = await predictor.PredictAsync(version, question, cancellationToken);
        DistributionChartOptions defaults = new();
        return DistributionChart.Render(version.Content.Topics, answer.Prediction.TopicProbabilities, defaults with
        {
            MinProbability = request.HasMinProbability ? request.MinProbability : defaults.MinProbability,
            Width = TopicCharts.Or(request.Width, defaults.Width),
            Height = TopicCharts.Or(request.Height, defaults.Height),
        });
    }

    private async Task<string> MapAsync(VersionHandle version, RenderChartRequest request, CancellationToken cancellationToken)
    {
        Matrix points = await maps.PointsAsync(version, cancellationToken);
        IReadOnlyList<string>? texts = request.HideDocumentHover ? null : await TextsAsync(version, cancellationToken);
        TopicModel model = version.Content;
        int[] assignments = model.Assignments;
        if (model.ErasedRows.Length > 0)
        {
            int[] rows = [.. Enumerable.Range(0, points.Rows).Except(model.ErasedRows)];
            points = new Matrix(rows.Length, 2, [.. rows.SelectMany(row => points.Row(row).ToArray())]);
            assignments = Array.ConvertAll(rows, row => assignments[row]);
            texts = texts is null ? null : Array.ConvertAll(rows, row => texts[row]);
        }

        DocumentChartOptions defaults = new();
        return DocumentChart.Render(model.Topics, assignments, points, texts, defaults with
        {
            TopicIds = TopicCharts.Ids(request),
            LargestTopics = request.MaxTopics == 0 ? defaults.LargestTopics : request.MaxTopics,
            Sample = request.Sample == 0 ? 1 : request.Sample,
            HideAnnotations = request.HideAnnotations,
            HideDocumentHover = texts is null,
            Width = TopicCharts.Or(request.Width, defaults.Width),
            Height = TopicCharts.Or(request.Height, defaults.Height),
        });
    }

    /// <summary>Reads the texts of the training documents; null if the corpus or one of the documents was deleted.</summary>
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
}
