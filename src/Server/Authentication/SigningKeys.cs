using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace TopicGrpc.Server.Authentication;

/// <summary>
/// The keys that sign tokens: from files, or from the discovery document and key set of an authority. Keys of an authority are read again
/// every <see cref="JwtOptions.RefreshInterval"/>, and when a token names an unknown key. A withdrawn key is not kept, unlike in the
/// configuration manager of Microsoft.IdentityModel, whose "last known good" set continues to accept it.
/// </summary>
internal sealed class SigningKeys : IDisposable
{
    private const int MaxDocumentBytes = 1 << 20;

    // A client with invalid tokens must not make the server flood the authority.
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(5);

    private readonly JwtOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SigningKeys> _logger;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MaxDocumentBytes };
    private readonly SemaphoreSlim _reading = new(1);
    private volatile SigningKeySet? _current;
    private long _lastAttempt;

    public SigningKeys(IOptions<AuthenticationOptions> options, TimeProvider clock, ILogger<SigningKeys> logger)
    {
        _options = options.Value.Jwt;
        _clock = clock;
        _logger = logger;
        if (_options.KeyFiles.Count > 0)
        {
            _current = new SigningKeySet(_options.Issuer!, [.. _options.KeyFiles.Select(FromFile)], long.MaxValue);
        }
    }

    /// <summary>Returns the keys.</summary>
    /// <param name="unknownKeyId">Id of a key that the caller missed in the set it got before; null: none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The keys; null if the authority has never answered.</returns>
    public async ValueTask<SigningKeySet?> GetAsync(string? unknownKeyId, CancellationToken cancellationToken)
    {
        SigningKeySet? known = _current;
        bool isFresh = known is not null
            && (known.ReadAt == long.MaxValue || _clock.GetElapsedTime(known.ReadAt) < _options.RefreshInterval);
        if (isFresh && (unknownKeyId is null || known!.ReadAt == long.MaxValue))
        {
            return known;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            bool isNewer = _current != known;
            bool isTooSoon = _lastAttempt != 0 && _clock.GetElapsedTime(_lastAttempt) < LeastInterval;
            if (!isNewer && !isTooSoon)
            {
                _lastAttempt = _clock.GetTimestamp();
                await ReadAsync(cancellationToken);
            }

            return _current;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _reading.Dispose();
    }

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The file is not in the data folder.")]
    private static SecurityKey FromFile(string path)
    {
        try
        {
            string pem = File.ReadAllText(path);
            if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                throw new InvalidDataException(
                    $"Authentication:Jwt:KeyFiles: '{path}' has a private key; the server needs only the public one.");
            }

            return TryImport(RSA.Create, pem) is { } rsa ? new RsaSecurityKey(rsa)
                : TryImport(ECDsa.Create, pem) is { } ec ? new ECDsaSecurityKey(ec)
                : throw new InvalidDataException($"Authentication:Jwt:KeyFiles: '{path}' is not a public RSA or EC key in PEM form.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"Authentication:Jwt:KeyFiles: '{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private static T? TryImport<T>(Func<T> create, string pem)
        where T : AsymmetricAlgorithm
    {
        T key = create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Uri discovery = new($"{_options.Authority!.TrimEnd('/')}/.well-known/openid-configuration");
            using var document = JsonDocument.Parse(await _http.GetStringAsync(discovery, cancellationToken));
            string issuer = document.RootElement.GetProperty("issuer").GetString()!;
            Uri keys = new(document.RootElement.GetProperty("jwks_uri").GetString()!);
            if (keys.Scheme != Uri.UriSchemeHttps && !_options.AllowHttp)
            {
                throw new InvalidDataException("jwks_uri is not an https URL.");
            }

            JsonWebKeySet set = new(await _http.GetStringAsync(keys, cancellationToken));
            _current = new SigningKeySet(_options.Issuer ?? issuer, [.. set.GetSigningKeys()], _clock.GetTimestamp());
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException
                or InvalidOperationException or UriFormatException or ArgumentException or InvalidDataException)
        {
            // The keys that are known stay in use: an authority that is down must not stop its callers.
            Log.KeysNotRead(_logger, _options.Authority!, exception.Message);
        }
    }
}
