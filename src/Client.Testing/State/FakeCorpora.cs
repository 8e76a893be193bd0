using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.State;

/// <summary>The corpora of a fake. Thread-safe.</summary>
public sealed class FakeCorpora
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly SortedDictionary<string, Store> _corpora = new(StringComparer.Ordinal);

    internal FakeCorpora(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Adds documents to a corpus. Creates the corpus if it does not exist.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="documents">Documents.</param>
    public void Add(string corpus, params IEnumerable<TopicDocument> documents)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(corpus);
        ArgumentNullException.ThrowIfNull(documents);
        lock (_gate)
        {
            TryCreate(corpus, "");
            _corpora[corpus].Documents.AddRange(documents);
        }
    }

    /// <summary>Returns the documents of a corpus in the order of arrival.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <returns>A copy; empty if the corpus does not exist.</returns>
    public IReadOnlyList<TopicDocument> Documents(string corpus)
    {
        lock (_gate)
        {
            return _corpora.TryGetValue(corpus, out Store? store) ? [.. store.Documents] : [];
        }
    }

    /// <summary>
    /// Sets the texts that <c>GetAsync</c> reports as left out by fits. The fake has no encoder that could end its process, so it finds
    /// none itself.
    /// </summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="texts">The texts; they replace those that were set before.</param>
    /// <exception cref="ResourceNotFoundException">The corpus does not exist.</exception>
    public void SetQuarantinedTexts(string corpus, params IEnumerable<QuarantinedText> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        lock (_gate)
        {
            Find(corpus).QuarantinedTexts = [.. texts];
        }
    }

    internal bool TryCreate(string corpus, string displayName, TimeSpan retention = default, GivenEmbeddings? given = null)
    {
        lock (_gate)
        {
            return _corpora.TryAdd(
                corpus, new Store(_time.GetUtcNow()) { DisplayName = displayName, Retention = retention, Declared = given });
        }
    }

    /// <summary>Returns the given embeddings of a corpus; null if it has none or does not exist.</summary>
    internal GivenEmbeddings? Given(string corpus)
    {
        lock (_gate)
        {
            return _corpora.TryGetValue(corpus, out Store? store) ? store.Given : null;
        }
    }

    /// <summary>Changes a corpus; null values stay as they are.</summary>
    internal CorpusInfo Update(string corpus, string? displayName, TimeSpan? retention)
    {
        lock (_gate)
        {
            Store store = Find(corpus);
            store.DisplayName = displayName ?? store.DisplayName;
            store.Retention = retention ?? store.Retention;
            return Get(corpus);
        }
    }

    /// <summary>Removes documents. A fake has no files, so the erasure has succeeded at once.</summary>
    internal ErasureInfo Erase(string corpus, string requestId, Func<TopicDocument, bool> isWanted)
    {
        lock (_gate)
        {
            Store store = Find(corpus);
            if (requestId.Length > 0 && store.Requests.TryGetValue(requestId, out string? earlier))
            {
                return store.Erasures[earlier];
            }

            TopicDocument[] erased = [.. store.Documents.Where(isWanted)];
            store.Documents.RemoveAll(document => isWanted(document));
            DateTimeOffset now = _time.GetUtcNow();
            ErasureInfo receipt = new()
            {
                Corpus = corpus,
                Name = System.FormattableString.Invariant($"e{store.Erasures.Count + 1}"),
                State = ErasureState.Succeeded,
                DocumentCount = erased.Length,
                TextBytes = erased.Sum(static document => (long)System.Text.Encoding.UTF8.GetByteCount(document.Text)),
                Created = now,
                Ended = now,
                Findings = erased.Length == 0 ? [] : [new ErasureFinding("corpora/" + corpus, erased.Length, 0, now)],
            };
            store.Erasures.Add(receipt.Name, receipt);
            if (requestId.Length > 0)
            {
                store.Requests[requestId] = receipt.Name;
            }

            return receipt;
        }
    }

    internal ErasureInfo? FindErasure(string corpus, string erasure)
    {
        lock (_gate)
        {
            return _corpora.GetValueOrDefault(corpus)?.Erasures.GetValueOrDefault(erasure);
        }
    }

    internal bool Remove(string corpus)
    {
        lock (_gate)
        {
            return _corpora.Remove(corpus);
        }
    }

    /// <summary>
    /// Adds a document. An existing document of the same id is a duplicate if its text and embedding are equal, otherwise a conflict.
    /// </summary>
    internal IngestOutcome Take(string corpus, TopicDocument document)
    {
        lock (_gate)
        {
            Store store = Find(corpus);
            if (!store.Fits(document.Embedding.Length))
            {
                return IngestOutcome.WrongEmbedding;
            }

            TopicDocument? known = store.Documents.Find(other => other.Id == document.Id);
            if (known is not null)
            {
                return known.Text == document.Text && known.Embedding.Span.SequenceEqual(document.Embedding.Span)
                    ? IngestOutcome.Duplicate
                    : IngestOutcome.Conflict;
            }

            store.Documents.Add(document);
            return IngestOutcome.Stored;
        }
    }

    internal CorpusInfo Get(string corpus)
    {
        lock (_gate)
        {
            Store store = Find(corpus);
            return new CorpusInfo
            {
                Name = corpus,
                DisplayName = store.DisplayName,
                State = CorpusState.Ready,
                DocumentCount = store.Documents.Count,
                TextBytes = store.Documents.Sum(static document => (long)System.Text.Encoding.UTF8.GetByteCount(document.Text)),
                Created = store.Created,
                QuarantinedTexts = store.QuarantinedTexts,
                Retention = store.Retention,
                GivenEmbeddings = store.Given,
            };
        }
    }

    internal IReadOnlyList<CorpusInfo> All()
    {
        lock (_gate)
        {
            return [.. _corpora.Keys.Select(Get)];
        }
    }

    private Store Find(string corpus) => _corpora.TryGetValue(corpus, out Store? store)
        ? store
        : throw new ResourceNotFoundException(
            $"The fake has no corpus '{corpus}'; add it with Corpora.Add or CreateAsync.",
            new ErrorDetails { Status = TopicGrpcStatus.NotFound, Reason = ErrorReasons.CorpusNotFound });

    private sealed class Store(DateTimeOffset created)
    {
        public DateTimeOffset Created => created;

        public string DisplayName { get; set; } = "";

        public TimeSpan Retention { get; set; }

        public Dictionary<string, ErasureInfo> Erasures { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Requests { get; } = new(StringComparer.Ordinal);

        public List<TopicDocument> Documents { get; } = [];

        public IReadOnlyList<QuarantinedText> QuarantinedTexts { get; set; } = [];

        /// <summary>What was set at the creation; null for nothing.</summary>
        public GivenEmbeddings? Declared { get; init; }

        public GivenEmbeddings? Given => Documents.Count == 0 ? Declared
            : Documents[0].Embedding.IsEmpty ? null
            : new GivenEmbeddings { Dimension = Documents[0].Embedding.Length, Encoder = Declared?.Encoder ?? "" };

        public bool Fits(int dimension) => Given is { } given
            ? dimension > 0 && (given.Dimension == 0 || given.Dimension == dimension)
            : Documents.Count == 0 || dimension == 0;
    }
}
