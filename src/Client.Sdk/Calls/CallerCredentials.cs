using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// The value of the header <c>authorization</c>. A token of <see cref="TopicGrpcClientOptions.TokenProvider"/> is used until the server
/// rejects it. Thread-safe.
/// </summary>
internal sealed class CallerCredentials(TopicGrpcClientOptions options) : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1);
    private readonly string? _key = KeyOf(options);
    private volatile string? _token;

    /// <summary>Returns the value of the header; null: none is sent.</summary>
    public ValueTask<string?> HeaderAsync(CancellationToken cancellationToken)
    {
        if (options.TokenProvider is null)
        {
            return new(_key);
        }

        return _token is { } token ? new(token) : RefreshAsync(cancellationToken);
    }

    /// <summary>Forgets a rejected token, so that the next call asks the provider.</summary>
    /// <returns>False if no new token can be had.</returns>
    public bool TryDiscard()
    {
        _token = null;
        return options.TokenProvider is not null;
    }

    public void Dispose() => _refreshing.Dispose();

    private static string? KeyOf(TopicGrpcClientOptions options)
    {
        string? key = options.ApiKey ?? (options.ApiKeyFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : null);
        return string.IsNullOrEmpty(key) ? null : "Bearer " + key;
    }

    private async ValueTask<string?> RefreshAsync(CancellationToken cancellationToken)
    {
        // Calls that start together share one request to the provider.
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _token ??= "Bearer " + await options.TokenProvider!(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _refreshing.Release();
        }
    }
}
