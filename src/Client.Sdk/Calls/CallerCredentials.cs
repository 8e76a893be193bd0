using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// The value of the header <c>authorization</c>. A token of <see cref="TopicGrpcClientOptions.TokenProvider"/> or
/// <see cref="TopicGrpcClientOptions.TokenFile"/> is used until the server rejects it. Thread-safe.
/// </summary>
internal sealed class CallerCredentials : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1);
    private readonly string? _key;
    private readonly Func<CancellationToken, ValueTask<string>>? _provider;
    private volatile CachedToken _cached = new(0, null);

    public CallerCredentials(TopicGrpcClientOptions options)
    {
        _key = KeyOf(options);
        _provider = options.TokenFile is { Length: > 0 } file
            ? async cancellationToken => (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim()
            : options.TokenProvider;
    }

    /// <summary>Number of tokens that were rejected. A call reads it before it starts, for <see cref="TryRenew"/>.</summary>
    public int Rejections => _cached.Rejections;

    /// <summary>Returns the value of the header; null: none is sent.</summary>
    public ValueTask<string?> HeaderAsync(CancellationToken cancellationToken)
    {
        if (_provider is null)
        {
            return new(_key);
        }

        return _cached.Header is { } header ? new(header) : RefreshAsync(_provider, cancellationToken);
    }

    /// <summary>
    /// Reports a rejected token. The next call asks the provider, unless another call has reported a token since: calls that the server
    /// rejects together share one new token.
    /// </summary>
    /// <param name="rejections">The value of <see cref="Rejections"/> before the rejected call.</param>
    /// <returns>False if no new token can be had.</returns>
    public bool TryRenew(int rejections)
    {
        CachedToken cached = _cached;
        if (_provider is not null && cached.Rejections == rejections)
        {
            // If the exchange fails, another call has just reported the token.
            Interlocked.CompareExchange(ref _cached, new CachedToken(rejections + 1, null), cached);
        }

        return _provider is not null;
    }

    public void Dispose() => _refreshing.Dispose();

    private static string? KeyOf(TopicGrpcClientOptions options)
    {
        string? key = options.ApiKey ?? (options.ApiKeyFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : null);
        return string.IsNullOrEmpty(key) ? null : "Bearer " + key;
    }

    private async ValueTask<string?> RefreshAsync(
        Func<CancellationToken, ValueTask<string>> provider, CancellationToken cancellationToken)
    {
        // Calls that start together share one request to the provider.
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_cached.Header is { } known)
            {
                return known;
            }

            string header = "Bearer " + await provider(cancellationToken).ConfigureAwait(false);
            _cached = _cached with { Header = header };
            return header;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>A token and how many tokens were rejected before it.</summary>
    /// <param name="Rejections">Number of rejected tokens.</param>
    /// <param name="Header">Value of the header; null: the provider is asked next.</param>
    private sealed record CachedToken(int Rejections, string? Header);
}
