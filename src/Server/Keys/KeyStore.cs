using System.Collections.Concurrent;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Keys;

/// <summary>
/// All keys. Authentication reads memory only; a change is durable before it takes effect. The last use of keys is stored once a minute.
/// Methods that change keys wait for the disk; a thread of the pool calls them by <see cref="RunAsync"/>.
/// </summary>
internal sealed class KeyStore : IDisposable
{
    /// <summary>Most keys, revoked ones included.</summary>
    public const int MaxKeys = 10_000;

    private static readonly TimeSpan SavePeriod = TimeSpan.FromMinutes(1);

    private readonly Lock _changes = new();
    private readonly ConcurrentDictionary<string, KeyEntry> _entries;
    private readonly ConcurrentDictionary<string, KeyEntry>.AlternateLookup<ReadOnlySpan<char>> _entriesById;
    private readonly KeyTable _table;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private int _changeCount;

    public KeyStore(KeyTable table, IChangeFeed changes, TimeProvider clock)
    {
        _table = table;
        _clock = clock;
        _entries = new ConcurrentDictionary<string, KeyEntry>(
            table.List().Select(row => KeyValuePair.Create(row.Id, new KeyEntry(row, IsAccepted))),
            StringComparer.Ordinal);
        _entriesById = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
        _timer = clock.CreateTimer(
            static state =>
            {
                var store = (KeyStore)state!;
                _ = store.RunAsync(static own => own.TrySaveLastUses(), CancellationToken.None);
            },
            this,
            SavePeriod,
            SavePeriod);
        changes.Register(ChangeKinds.Key, RefreshAsync);
    }

    /// <summary>Whether a key was ever created; a revoked key counts, so that revoking the last one opens nothing.</summary>
    public bool HasKeys => !_entries.IsEmpty;

    /// <summary>Whether an admin key can be used now.</summary>
    public bool HasUsableAdmin => _entries.Values.Any(entry =>
        entry.Row.IsUsable(_clock.GetUtcNow()) && entry.Row.Settings.Role == Role.Admin);

    /// <summary>Returns the caller of a secret; null: the secret is unknown, expired or revoked.</summary>
    public Caller? Authenticate(ReadOnlySpan<char> secret)
    {
        if (!KeySecret.TryGetId(secret, out ReadOnlySpan<char> id) || !_entriesById.TryGetValue(id, out KeyEntry? entry))
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[KeySecret.HashBytes];
        KeySecret.Hash(secret, hash);
        return entry.TryUse(hash, _clock.GetUtcNow());
    }

    /// <summary>Runs methods of the store on the thread of the database.</summary>
    public Task<T> RunAsync<T>(Func<KeyStore, T> work, CancellationToken cancellationToken) =>
        _table.RunAsync(() => work(this), cancellationToken);

    /// <summary>Returns a key.</summary>
    /// <exception cref="ServiceException">There is no such key.</exception>
    public KeyEntry Get(string id) => _entries.GetValueOrDefault(id) ?? throw AccessFault.KeyNotFound(id);

    /// <summary>Lists keys by id.</summary>
    public IReadOnlyList<KeyEntry> List(string afterId, int count) =>
    [
        .. _entries.Values
            .Where(entry => string.CompareOrdinal(entry.Row.Id, afterId) > 0)
            .OrderBy(static entry => entry.Row.Id, StringComparer.Ordinal)
            .Take(count),
    ];

    /// <summary>Creates a key and returns it with its secret.</summary>
    /// <exception cref="ServiceException">There are too many keys.</exception>
    public (KeyEntry Key, string Secret) Create(ApiKey settings)
    {
        lock (_changes)
        {
            if (_entries.Count >= MaxKeys)
            {
                throw AccessFault.TooManyKeys(MaxKeys);
            }

            string id = KeySecret.NewId();
            string secret = KeySecret.New(id);
            KeyRow row = new(id, _clock.GetUtcNow(), KeySecret.Hash(secret), KeyMapping.SettingsOf(settings));
            _table.Add(row, MaxKeys);
            return (Enter(row), secret);
        }
    }

    /// <summary>Gives a key a new secret; the old one stays valid for a time.</summary>
    /// <exception cref="ServiceException">There is no such key, or it cannot be used any more.</exception>
    public (KeyEntry Key, string Secret) Rotate(string id, TimeSpan overlap)
    {
        string secret = KeySecret.New(id);
        bool overlaps = overlap > TimeSpan.Zero;
        KeyEntry rotated = Change(id, row =>
        {
            DateTimeOffset now = _clock.GetUtcNow();
            return !row.IsUsable(now) ? throw AccessFault.KeyEnded(id) : row with
            {
                SecretHash = KeySecret.Hash(secret),
                PreviousHash = overlaps ? row.SecretHash : null,
                PreviousUntil = overlaps ? now + overlap : null,
            };
        });
        return (rotated, secret);
    }

    /// <summary>Revokes a key; a revoked key keeps its time.</summary>
    /// <exception cref="ServiceException">There is no such key.</exception>
    public KeyEntry Revoke(string id) =>
        Change(id, row => row.Revoked is null ? row with { Revoked = _clock.GetUtcNow() } : row);

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        TrySaveLastUses();
    }

    private bool IsAccepted(string id, byte[] hash) =>
        _entries.TryGetValue(id, out KeyEntry? entry) && entry.Row.Accepts(hash, _clock.GetUtcNow());

    /// <summary>Changes the stored row of a key, with the last use known in memory, then replaces the entry.</summary>
    private KeyEntry Change(string id, Func<KeyRow, KeyRow> change)
    {
        lock (_changes)
        {
            KeyRow? row = _table.TryChange(id, stored =>
            {
                KeyRow changed = change(stored);
                return ReferenceEquals(changed, stored) ? stored : WithLastUse(changed);
            });
            return Enter(row ?? throw AccessFault.KeyNotFound(id));
        }
    }

    private KeyRow WithLastUse(KeyRow row) =>
        _entries.GetValueOrDefault(row.Id)?.LastUsed is { } used && !(row.LastUsed > used) ? row with { LastUsed = used } : row;

    private KeyEntry Enter(KeyRow row)
    {
        _changeCount++;
        KeyEntry entry = new(WithLastUse(row), IsAccepted);
        _entries[row.Id] = entry;
        return entry;
    }

    /// <summary>Takes over keys that another member of a cluster has changed.</summary>
    private async Task RefreshAsync(RowChanges changed, CancellationToken cancellationToken)
    {
        bool isApplied = false;
        while (!isApplied)
        {
            int before = Volatile.Read(ref _changeCount);
            List<KeyRow> rows = await _table.ListAsync(changed.Ids, cancellationToken);
            lock (_changes)
            {
                // The rows may be older than a change that this server has made meanwhile.
                isApplied = before == _changeCount;
                foreach (KeyRow row in isApplied ? rows : [])
                {
                    if (_entries.GetValueOrDefault(row.Id) is not { } known || !known.Row.HasSameEffect(row))
                    {
                        Enter(row);
                    }
                }
            }
        }
    }

    private bool TrySaveLastUses()
    {
        lock (_changes)
        {
            (KeyEntry Entry, DateTimeOffset Time)[] uses =
            [
                .. _entries.Values.Where(static entry => entry.IsUseUnsaved).Select(static entry => (entry, entry.LastUsed!.Value)),
            ];
            if (uses.Length == 0)
            {
                return true;
            }

            try
            {
                _table.SaveLastUses([.. uses.Select(static use => (use.Entry.Row.Id, use.Time))]);
            }
            catch (ServiceException)
            {
                // The database has logged why. The next period stores the newer times.
                return false;
            }

            foreach ((KeyEntry entry, DateTimeOffset time) in uses)
            {
                entry.UseSaved(time);
            }

            return true;
        }
    }
}
