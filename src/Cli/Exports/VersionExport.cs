using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;

namespace TopicGrpc.Cli.Exports;

/// <summary>
/// Exports tables of one version, using only calls to the server. Memory is bounded by the topics, one page and one row group.
/// </summary>
internal sealed class VersionExport
{
    private readonly TopicGrpcClient _client;
    private readonly Terminal _terminal;
    private readonly TopicList _topics;
    private readonly ModelSelector _version;

    private VersionExport(TopicGrpcClient client, Terminal terminal, TopicList topics)
    {
        _client = client;
        _terminal = terminal;
        _topics = topics;
        _version = new ModelSelector(topics.Model) { Version = topics.Version };
    }

    /// <summary>Reads the topics of a version; all later calls name its number, so a label that moves does not mix versions.</summary>
    public static async Task<VersionExport> OpenAsync(
        TopicGrpcClient client, Terminal terminal, ModelSelector model, CancellationToken cancellationToken) =>
        new(client, terminal, await client.ListTopicsAsync(model, options: null, cancellationToken));

    /// <summary>Writes the documents.</summary>
    public async Task<ExportResult> DocumentsAsync(
        ListDocumentsOptions parts, ExportTarget target, CancellationToken cancellationToken)
    {
        List<string> attributes = [];
        if (parts.IncludeContent)
        {
            MapColumns columns = await _client.Maps.ListColumnsAsync(_version, cancellationToken);
            attributes.AddRange(columns.Attributes.Select(static column => column.Attribute));
        }

        ExportTable<DocumentTopic> table = DocumentTables.Documents(_topics.Topics, attributes, parts);
        long expected = parts.Corpus is { } corpus
            ? (await _client.Corpora.GetAsync(corpus, cancellationToken)).DocumentCount
            : Count(parts.TopicId);
        return await WriteAsync(
            table, _client.Topics.ListDocumentsAsync(_version, parts, cancellationToken), target, expected, cancellationToken);
    }

    /// <summary>Writes the points of the map.</summary>
    public Task<ExportResult> MapAsync(ExportTarget target, CancellationToken cancellationToken)
    {
        ListDocumentsOptions parts = new() { IncludePosition = true };
        return WriteAsync(
            DocumentTables.Map(_topics.Topics),
            _client.Topics.ListDocumentsAsync(_version, parts, cancellationToken),
            target,
            Count(topicId: null),
            cancellationToken);
    }

    /// <summary>Writes the topics.</summary>
    public async Task<ExportResult> TopicsAsync(ExportTarget target, CancellationToken cancellationToken)
    {
        ModelVersion version = await _client.Models.GetVersionAsync(_topics.Model, _topics.Version, cancellationToken);
        IReadOnlyDictionary<int, double> coherence = version.Report?.Quality?.Coherences
            .FirstOrDefault(static found => found.Measure == CoherenceMeasures.Npmi)?.TopicScores ?? new Dictionary<int, double>();
        ExportTable<TopicInfo> table = TopicTables.Topics(await ParentsAsync(cancellationToken), coherence);
        return await WriteAsync(table, _topics.Topics.ToAsyncEnumerable(), target, _topics.Topics.Count, cancellationToken);
    }

    private long Count(int? topicId) =>
        _topics.Topics.Where(topic => topicId is null || topic.Id == topicId).Sum(static topic => topic.Count);

    private async Task<Dictionary<int, LayerTopicRef>> ParentsAsync(CancellationToken cancellationToken)
    {
        const string OwnTopics = "topics";
        try
        {
            LayerTopics layer = await _client.Topics.ListLayerTopicsAsync(_version, OwnTopics, cancellationToken);
            return layer.Topics
                .Where(static topic => topic.Parent is not null)
                .ToDictionary(static topic => topic.Id, static topic => topic.Parent!);
        }
        catch (TopicGrpcException none) when (none.Reason == ErrorReasons.NotAvailable)
        {
            return [];
        }
    }

    private async Task<ExportResult> WriteAsync<T>(
        ExportTable<T> table, IAsyncEnumerable<T> items, ExportTarget target, long expected, CancellationToken cancellationToken)
    {
        long rows = await _terminal.TrackAsync(async board =>
        {
            IProgressStep step = board.Start("rows");
            long written = await table.WriteAsync(
                items,
                target.Path,
                target.Replace,
                count => step.Report(
                    expected == 0 ? 1 : Math.Min(1, (double)count / expected), FormattableString.Invariant($"{count:N0} written")),
                cancellationToken);
            step.Complete(FormattableString.Invariant($"{written:N0}"));
            return written;
        });
        ExportResult result = new(_topics.Model, _topics.Version, Path.GetFullPath(target.Path), rows, [.. table.Columns]);
        _terminal.Line(FormattableString.Invariant($"wrote {target.Path}: {rows:N0} rows of {result.Model}@{result.Version}"));
        return result;
    }
}
