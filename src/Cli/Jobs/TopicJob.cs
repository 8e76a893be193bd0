using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Jobs;

/// <summary>Ingests an input, fits a model, predicts texts and writes the results, using only calls to the server.</summary>
internal sealed class TopicJob(TopicGrpcClient client, Terminal terminal, TimeProvider clock)
{
    private const string StableLabel = "stable";

    public async Task<JobResult> RunAsync(JobRequest request, CancellationToken cancellationToken)
    {
        IngestLines.Write(terminal, request.Input.Notes);
        long started = clock.GetTimestamp();
        TimeSpan ingestTime = TimeSpan.Zero;
        FitResult fit = await terminal.TrackAsync(async board =>
        {
            Ingestion ingestion = new(client, request.Input, request.Corpus, request.GivenEmbeddings);
            IngestLines.RequireNoRejection(await ingestion.RunAsync(board, cancellationToken));
            ingestTime = clock.GetElapsedTime(started);
            return await FitAsync(request, board, cancellationToken);
        });
        terminal.Line(EmbeddingLine.Of(fit.Report));

        foreach (SettingChoice choice in fit.Report.Choices)
        {
            terminal.Line($"chosen {choice.Setting} {choice.Value}: {choice.Reason}");
        }

        ModelSelector version = new(fit.Model) { Version = fit.Version };
        TopicList topics = await client.ListTopicsAsync(version, options: null, cancellationToken);
        terminal.Line();
        terminal.Write(TopicTable.Of(topics.Topics));
        if (fit.Report.Quality is { } quality)
        {
            terminal.Line(QualityLine.Of(quality));
        }

        foreach (string warning in fit.Report.Warnings)
        {
            terminal.Line($"warning: {warning}");
        }

        JobResult result = new(fit, topics, await PredictAsync(version, request.Texts, cancellationToken), ingestTime);
        await WriteAsync(version, request, result, cancellationToken);
        return result;
    }

    private async Task<FitResult> FitAsync(JobRequest request, IProgressBoard board, CancellationToken cancellationToken)
    {
        FitHandle fit = await client.Fits.StartAsync(
            new FitRequest(request.Model, request.Corpus) { Settings = request.Settings, Labels = [StableLabel] },
            cancellationToken);
        return await FitStages.WaitAsync(fit, board, cancellationToken);
    }

    private async Task<IReadOnlyList<(string Text, Prediction Prediction)>> PredictAsync(
        ModelSelector version,
        IReadOnlyList<string> texts,
        CancellationToken cancellationToken)
    {
        PredictOptions options = new() { IncludeProbabilities = true };
        List<(string, Prediction)> predictions = [];
        foreach (string text in texts)
        {
            predictions.Add((text, await client.PredictAsync(version, text, options, cancellationToken)));
        }

        if (predictions.Count > 0)
        {
            terminal.Line();
            terminal.Write(PredictionTable.Of(predictions));
        }

        return predictions;
    }

    private async Task WriteAsync(ModelSelector version, JobRequest request, JobResult result, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(request.OutputFolder);
        await WriteChartAsync(version, ChartKind.Bars, "barchart.svg", request.OutputFolder, cancellationToken);
        await WriteChartAsync(version, ChartKind.DocumentMap, "clusters.svg", request.OutputFolder, cancellationToken);
        await ReportFile.WriteAsync(Path.Combine(request.OutputFolder, "report.json"), JobReport.Of(result), cancellationToken);
        await DocumentsFile.WriteAsync(
            Path.Combine(request.OutputFolder, "documents.jsonl"),
            request.Input.DocumentsAsync(cancellationToken),
            await client.Topics.ListDocumentsAsync(version, topicId: null, cancellationToken).ToListAsync(cancellationToken),
            result.Topics.Topics,
            cancellationToken);
        terminal.Line();
        terminal.Line($"wrote barchart.svg, clusters.svg, report.json and documents.jsonl to {request.OutputFolder}");
    }

    private async Task WriteChartAsync(
        ModelSelector version,
        ChartKind kind,
        string name,
        string folder,
        CancellationToken cancellationToken)
    {
        Chart chart = await client.RenderChartAsync(version, kind, options: null, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, name), chart.Svg, cancellationToken);
    }
}
