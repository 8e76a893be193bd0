using TopicGrpc.Cluster.Artifacts;

namespace TopicGrpc.Cluster.Tests.Artifacts;

/// <summary>The ledger in memory, for simulations. It passes the same tests as the one in a database. Not thread-safe.</summary>
internal sealed class MemoryLedger(TimeProvider clock) : IObjectLedger
{
    private readonly Dictionary<string, Publication> _publications = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Row> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _references = new(StringComparer.Ordinal);

    /// <summary>Keys that have a reference of an owner.</summary>
    public IEnumerable<string> Owned => _publications.Values
        .Where(static publication => publication is { Owner: not null, IsEnded: false })
        .SelectMany(publication => _references.GetValueOrDefault(publication.Owner!) ?? []);

    /// <summary>Committed publications whose owner was not released.</summary>
    public IEnumerable<string> Publications =>
        _publications.Where(static one => one.Value is { Owner: not null, IsEnded: false }).Select(static one => one.Key);

    public Task BeginAsync(string publication, CancellationToken cancellationToken)
    {
        _publications.TryAdd(publication, new Publication { Began = clock.GetUtcNow() });
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Reservation>> ReserveAsync(
        string publication, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        if (_publications.GetValueOrDefault(publication) is not { Owner: null, IsEnded: false })
        {
            throw new PublicationEndedException(publication);
        }

        return Task.FromResult<IReadOnlyList<Reservation>>([.. entries.Select(entry => Reserve(publication, entry))]);
    }

    public Task<bool> CommitAsync(string publication, string owner, CancellationToken cancellationToken)
    {
        if (_publications.GetValueOrDefault(publication) is not { IsEnded: false } open)
        {
            return Task.FromResult(false);
        }

        if (open.Owner is not null || _publications.Values.Any(other => other.Owner == owner))
        {
            return Task.FromResult(open.Owner == owner);
        }

        open.Owner = owner;
        HashSet<string> keys = _references.GetValueOrDefault(publication) ?? [];
        _references.Remove(publication);
        _references[owner] = keys;
        foreach (string key in keys)
        {
            _objects[key].IsStored = true;
        }

        return Task.FromResult(true);
    }

    public Task AbandonAsync(string publication, CancellationToken cancellationToken)
    {
        if (_publications.GetValueOrDefault(publication) is { Owner: null, IsEnded: false } open)
        {
            open.IsEnded = true;
            Drop(publication, freeAfter: null);
        }

        return Task.CompletedTask;
    }

    public async Task<int> AbandonOlderAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        string[] old =
        [
            .. _publications.Where(one => one.Value is { Owner: null, IsEnded: false } && one.Value.Began <= clock.GetUtcNow() - age)
                .Select(static one => one.Key)
                .Order(StringComparer.Ordinal),
        ];
        foreach (string publication in old)
        {
            await AbandonAsync(publication, cancellationToken);
        }

        return old.Length;
    }

    public Task ReleaseAsync(string owner, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (_publications.Values.FirstOrDefault(one => one.Owner == owner) is { IsEnded: false } committed)
        {
            committed.IsEnded = true;
            Drop(owner, clock.GetUtcNow() + grace);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> CondemnAsync(int limit, CancellationToken cancellationToken)
    {
        foreach (Row row in _objects.Values.Where(row => row.References == 0 && row.FreeAfter <= clock.GetUtcNow()))
        {
            row.IsCondemned = true;
        }

        return Task.FromResult<IReadOnlyList<string>>(
            [.. _objects.Where(static one => one.Value.IsCondemned).Select(static one => one.Key).Take(limit)]);
    }

    public Task ForgetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        foreach (string key in keys.Where(key => _objects.GetValueOrDefault(key) is { IsCondemned: true }))
        {
            _objects.Remove(key);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> FindPendingAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(
            [.. keys.Where(key => _objects.GetValueOrDefault(key) is { IsStored: false, IsCondemned: false })]);

    public Task<IReadOnlyList<string>> FindUnknownAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. keys.Where(key => !_objects.ContainsKey(key))]);

    private Reservation Reserve(string publication, LedgerEntry entry)
    {
        if (!_references.TryGetValue(publication, out HashSet<string>? keys))
        {
            _references[publication] = keys = new HashSet<string>(StringComparer.Ordinal);
        }

        if (keys.FirstOrDefault(key => _objects[key].Entry == entry) is { } repeated)
        {
            return new Reservation(entry, repeated, _objects[repeated].IsStored);
        }

        string? shared = _objects
            .FirstOrDefault(one => one.Value.Entry == entry && one.Value is { IsStored: true, IsCondemned: false }).Key;
        string key = shared ?? ArtifactKeys.Of(entry.Sha256, publication);
        if (shared is null)
        {
            _objects.Add(key, new Row(entry));
        }

        _objects[key].References++;
        keys.Add(key);
        return new Reservation(entry, key, shared is not null);
    }

    private void Drop(string holder, DateTimeOffset? freeAfter)
    {
        foreach (string key in _references.GetValueOrDefault(holder) ?? [])
        {
            _objects[key].References--;
            _objects[key].FreeAfter = freeAfter ?? _objects[key].FreeAfter;
        }

        _references.Remove(holder);
    }

    private sealed class Publication
    {
        public required DateTimeOffset Began { get; init; }

        public string? Owner { get; set; }

        public bool IsEnded { get; set; }
    }

    private sealed class Row(LedgerEntry entry)
    {
        public LedgerEntry Entry { get; } = entry;

        public bool IsStored { get; set; }

        public bool IsCondemned { get; set; }

        public int References { get; set; }

        public DateTimeOffset FreeAfter { get; set; } = DateTimeOffset.MinValue;
    }
}
