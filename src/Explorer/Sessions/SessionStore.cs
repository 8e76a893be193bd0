using System.Security.Cryptography;
using TopicGrpc.Client;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Servers;

namespace TopicGrpc.Explorer.Sessions;

/// <summary>
/// The sessions of this process. The browser has only a random id; the credential never leaves the server. A session ends when its visitor
/// signs out, after 8 hours without a request, and with the process. Thread-safe.
/// </summary>
internal sealed class SessionStore(ServerConnection connection, TimeProvider clock) : IDisposable
{
    /// <summary>Largest number of sessions.</summary>
    public const int MaxSessions = 1000;

    private static readonly TimeSpan IdleTime = TimeSpan.FromHours(8);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionEntry> _entries = new(StringComparer.Ordinal);
    private TopicGrpcClient? _anonymous;

    /// <summary>Opens a session for a credential that the server accepts.</summary>
    /// <param name="credential">API key or token.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Id of the session.</returns>
    /// <exception cref="UnauthenticatedException">The server rejects the credential.</exception>
    /// <exception cref="TooManySessionsException">There are <see cref="MaxSessions"/> sessions.</exception>
    public Task<string> OpenAsync(string credential, CancellationToken cancellationToken) =>
        OpenAsync(() => connection.Create(credential), cancellationToken);

    /// <summary>Opens a session whose token is replaced when the server rejects it.</summary>
    /// <param name="tokens">Returns the token, and a new one at each further call.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Id of the session.</returns>
    /// <exception cref="UnauthenticatedException">The server rejects the token.</exception>
    /// <exception cref="TooManySessionsException">There are <see cref="MaxSessions"/> sessions.</exception>
    public Task<string> OpenAsync(Func<CancellationToken, ValueTask<string>> tokens, CancellationToken cancellationToken) =>
        OpenAsync(() => connection.Create(tokens), cancellationToken);

    /// <summary>Returns a session; null if there is none with the id.</summary>
    public Session? Find(string id)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (!_entries.TryGetValue(id, out SessionEntry? entry) || IsIdle(entry, now))
            {
                return null;
            }

            entry.LastUsed = now;
            return entry.Session;
        }
    }

    /// <summary>Returns the session of visitors without a credential; null if the server needs one.</summary>
    public async Task<Session?> FindAnonymousAsync(CancellationToken cancellationToken)
    {
        TopicGrpcClient client;
        lock (_lock)
        {
            client = _anonymous ??= connection.Create(credential: null);
        }

        try
        {
            CallerInfo caller = await client.Server.GetCallerAsync(cancellationToken);
            return new Session(client, caller);
        }
        catch (UnauthenticatedException)
        {
            return null;
        }
    }

    /// <summary>Ends a session.</summary>
    public void Close(string id)
    {
        SessionEntry? entry;
        lock (_lock)
        {
            _entries.Remove(id, out entry);
        }

        entry?.Session.Client.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (SessionEntry entry in _entries.Values)
            {
                entry.Session.Client.Dispose();
            }

            _entries.Clear();
            _anonymous?.Dispose();
        }
    }

    private async Task<string> OpenAsync(Func<TopicGrpcClient> create, CancellationToken cancellationToken)
    {
        TopicGrpcClient client = create();
        try
        {
            Session session = new(client, await client.Server.GetCallerAsync(cancellationToken)) { IsSignedIn = true };
            string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            Add(id, session);
            return id;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private void Add(string id, Session session)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            foreach ((string idle, SessionEntry entry) in _entries.Where(pair => IsIdle(pair.Value, now)).ToList())
            {
                _entries.Remove(idle);
                entry.Session.Client.Dispose();
            }

            if (_entries.Count >= MaxSessions)
            {
                throw new TooManySessionsException(MaxSessions);
            }

            _entries.Add(id, new SessionEntry(session, now));
        }
    }

    private static bool IsIdle(SessionEntry entry, DateTimeOffset now) => now - entry.LastUsed > IdleTime;
}
