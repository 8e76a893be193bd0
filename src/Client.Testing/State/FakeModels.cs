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
    /// Adds a version to a model. Creates the model if it does not exist. A call that names neither a version nor a label uses the version
    /// labeled <c>stable</c>, or the newest version if there is no such label. For predictions, a traffic policy takes precedence.
    /// </summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="topics">Topics of the version.</param>
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
    /// Sets the assignment of each training document; lists of documents return it. Default: the representative documents of the topics.
    /// The document counts of the topics do not change.
    /// </summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="version">Version.</param>
    /// <param name="documents">Documents with distinct ids. Their topics are topics of the version, or −1 for an outlier.</param>
    /// <exception cref="ArgumentException">Two documents have the same id, or the version lacks the topic of a document.</exception>
    /// <exception cref="ModelNotFoundException">The model or version does not exist.</exception>
    public void SetDocuments(string model, long version, params IEnumerable<DocumentTopic> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        DocumentTopic[] all = [.. documents];
        HashSet<string> ids = new(StringComparer.Ordinal);
        Replace(model, version, one =>
            all.FirstOrDefault(document => !ids.Add(document.DocumentId) || !one.Holds(document.TopicId)) is { } wrong
            ? throw new ArgumentException(
                $"Two documents have the id '{wrong.DocumentId}', or the version has no topic {wrong.TopicId}.", nameof(documents))
            : one with { Documents = all });
    }

    /// <summary>Sets the files that an export of a version returns. The fake does not read their content.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="version">Version.</param>
    /// <param name="files">
    /// Bytes by file name of BERTopic's format: <c>topics.json</c>, <c>config.json</c>, <c>topic_embeddings.safetensors</c>,
    /// <c>ctfidf.safetensors</c>, <c>ctfidf_config.json</c>. No file may be empty.
    /// </param>
    /// <exception cref="ArgumentException">A file is empty or has another name.</exception>
    /// <exception cref="ModelNotFoundException">The model or version does not exist.</exception>
    public void SetFiles(string model, long version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach ((string name, ReadOnlyMemory<byte> content) in files)
        {
            if (!BertopicFiles.All.Contains(name) || content.IsEmpty)
            {
                throw new ArgumentException(
                    $"'{name}' ({content.Length} bytes) is empty or is not one of {string.Join(", ", BertopicFiles.All)}.", nameof(files));
            }
        }

        Dictionary<string, ReadOnlyMemory<byte>> copy = new(files, StringComparer.Ordinal);
        Replace(model, version, one => one with { Files = copy });
    }

    /// <summary>Returns the files of a version, from an import or <see cref="SetFiles"/>.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="version">Version.</param>
    /// <returns>Bytes by file name; empty if the version has no files.</returns>
    /// <exception cref="ModelNotFoundException">The model or version does not exist.</exception>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files(string model, long version) =>
        With(model, line => line.Version(version).Files ?? new Dictionary<string, ReadOnlyMemory<byte>>());

    /// <summary>
    /// Sets the shadow report of a model. Default: a report without calls if the traffic policy has a shadow version.
    /// </summary>
    /// <param name="report">The report. Its model must exist.</param>
    /// <exception cref="ModelNotFoundException">The model does not exist.</exception>
    public void SetShadowReport(ShadowReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        With(report.Model, line => line.ShadowReport = report);
    }

    internal static ModelNotFoundException Missing(string reason, string message) =>
        new(message, new ErrorDetails { Status = TopicGrpcStatus.NotFound, Reason = reason });

    /// <summary>Adds a version and its labels in one atomic step.</summary>
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

    /// <summary>Returns the selector, with the version that the policy chooses if it names neither a version nor a label.</summary>
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

    /// <summary>Runs an action on a model under the lock.</summary>
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
