using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.State;

/// <summary>The models of a fake. Thread-safe.</summary>
public sealed class FakeModels
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly SortedDictionary<string, ModelLine> _models = new(StringComparer.Ordinal);

    internal FakeModels(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>
    /// Adds a version to a model, which is made when there is none. A call that names neither a version nor a label gets <c>stable</c>,
    /// else the newest; a prediction
    /// before that the one that a traffic policy chooses.
    /// </summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="topics">Its topics.</param>
    /// <returns>Number of the version, from 1.</returns>
    public long Add(string model, params IEnumerable<TopicInfo> topics)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentNullException.ThrowIfNull(topics);
        return Add(new FakeVersion(model, [.. topics.OrderBy(static topic => topic.Id)]), []).Version;
    }

    /// <summary>Points a label at a version.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="label">Label, such as <c>stable</c>.</param>
    /// <param name="version">Version.</param>
    /// <exception cref="ModelNotFoundException">The model or version does not exist.</exception>
    public void SetLabel(string model, string label, long version)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        With(model, line => line.Point(label, version));
    }

    /// <summary>
    /// Says which training documents are in which topic: for lists of documents, and for what a comparison counts. Without it they are the
    /// representative ones
    /// of the topics. The counts of the topics stay as they were scripted.
    /// </summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="version">Version.</param>
    /// <param name="documents">Documents, each id once; in topics of the version or, with −1, in none.</param>
    /// <exception cref="ArgumentException">An id comes twice, or the version has no such topic.</exception>
    /// <exception cref="ModelNotFoundException">The model or version does not exist.</exception>
    public void SetDocuments(string model, long version, params IEnumerable<DocumentTopic> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        DocumentTopic[] all = [.. documents];
        HashSet<string> ids = new(StringComparer.Ordinal);
        Replace(model, version, one =>
            all.FirstOrDefault(document => !ids.Add(document.DocumentId) || !one.Holds(document.TopicId)) is { } wrong
            ? throw new ArgumentException(
                $"The document '{wrong.DocumentId}' comes twice, or its topic {wrong.TopicId} is none of the version.", nameof(documents))
            : one with { Documents = all });
    }

    /// <summary>Gives a version the files that an export of it writes, whatever they hold.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="version">Version.</param>
    /// <param name="files">
    /// Bytes by the names of BERTopic's format: <c>topics.json</c>, <c>config.json</c>, <c>topic_embeddings.safetensors</c>,
    /// <c>ctfidf.safetensors</c>,
    /// <c>ctfidf_config.json</c>; none empty.
    /// </param>
    /// <exception cref="ArgumentException">A file has another name, or is empty.</exception>
    /// <exception cref="ModelNotFoundException">The model or version does not exist.</exception>
    public void SetFiles(string model, long version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach ((string name, ReadOnlyMemory<byte> content) in files)
        {
            if (!BertopicFiles.All.Contains(name) || content.IsEmpty)
            {
                throw new ArgumentException(
                    $"'{name}' ({content.Length} bytes) is empty or none of {string.Join(", ", BertopicFiles.All)}.", nameof(files));
            }
        }

        Dictionary<string, ReadOnlyMemory<byte>> copy = new(files, StringComparer.Ordinal);
        Replace(model, version, one => one with { Files = copy });
    }

    /// <summary>Files of a version: those that an import brought, or that <see cref="SetFiles"/> gave it.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="version">Version.</param>
    /// <returns>Bytes by name; empty where it has none.</returns>
    /// <exception cref="ModelNotFoundException">The model or version does not exist.</exception>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files(string model, long version) =>
        With(model, line => line.Version(version).Files ?? new Dictionary<string, ReadOnlyMemory<byte>>());

    /// <summary>
    /// Sets what the shadow version of a model is said to have answered. Without it a policy with a shadow version has a report without
    /// calls.
    /// </summary>
    /// <param name="report">The report; its model must be there.</param>
    /// <exception cref="ModelNotFoundException">The model does not exist.</exception>
    public void SetShadowReport(ShadowReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        With(report.Model, line => line.ShadowReport = report);
    }

    internal static ModelNotFoundException Missing(string reason, string message) =>
        new(message, new ErrorDetails { Status = TopicGrpcStatus.NotFound, Reason = reason });

    /// <summary>Adds a version with its labels, in one step.</summary>
    internal FakeVersion Add(FakeVersion version, IEnumerable<string> labels)
    {
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            if (!_models.TryGetValue(version.Model, out ModelLine? line))
            {
                line = new ModelLine(version.Model, now);
                _models.Add(version.Model, line);
            }

            FakeVersion added = line.Add(version, now);
            foreach (string label in labels)
            {
                line.Point(label, added.Version);
            }

            return added;
        }
    }

    internal FakeVersion Resolve(ModelSelector selector) => With(selector.Model, line => line.Resolve(selector));

    /// <summary>The selector with the version that the traffic policy chooses, where the selector leaves the choice to it.</summary>
    internal ModelSelector Route(ModelSelector selector, Func<int> draw)
    {
        lock (_gate)
        {
            return selector is { Version: null, Label: null } && _models.TryGetValue(selector.Model, out ModelLine? line)
                ? selector with { Version = line.Choose(draw) }
                : selector;
        }
    }

    internal IReadOnlyList<ModelInfo> All()
    {
        lock (_gate)
        {
            return [.. _models.Values.Select(static line => line.Info)];
        }
    }

    /// <summary>Does something with a model while nobody else does.</summary>
    internal T With<T>(string model, Func<ModelLine, T> action)
    {
        lock (_gate)
        {
            return _models.TryGetValue(model, out ModelLine? line)
                ? action(line)
                : throw Missing(ErrorReasons.ModelNotFound, $"The fake has no model '{model}'; add it with Models.Add.");
        }
    }

    private void Replace(string model, long version, Func<FakeVersion, FakeVersion> change) => With(model, line =>
    {
        line.Replace(change(line.Version(version)));
        return version;
    });
}
