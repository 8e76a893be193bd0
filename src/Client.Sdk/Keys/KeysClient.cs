using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Keys;

/// <summary>
/// API keys. All methods need a caller with the role <see cref="KeyRole.Admin"/> and without patterns; otherwise they throw
/// <see cref="Errors.PermissionDeniedException"/>. Thread-safe.
/// </summary>
public class KeysClient
{
    private static readonly RpcMethod CreateMethod = RpcMethod.Of(
        Wire.KeyService.Descriptor, nameof(Wire.KeyService.KeyServiceClient.CreateKey));
    private static readonly RpcMethod ListMethod = RpcMethod.Of(
        Wire.KeyService.Descriptor, nameof(Wire.KeyService.KeyServiceClient.ListKeys));
    private static readonly RpcMethod RotateMethod = RpcMethod.Of(
        Wire.KeyService.Descriptor, nameof(Wire.KeyService.KeyServiceClient.RotateKey));
    private static readonly RpcMethod RevokeMethod = RpcMethod.Of(
        Wire.KeyService.Descriptor, nameof(Wire.KeyService.KeyServiceClient.RevokeKey));

    private readonly ClientCore _core = null!;
    private readonly Wire.KeyService.KeyServiceClient _stub = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
    protected KeysClient()
    {
    }

    internal KeysClient(ClientCore core)
    {
        _core = core;
        _stub = new Wire.KeyService.KeyServiceClient(core.Invoker);
    }

    /// <summary>Creates a key. The call is not retried: a second key would have a secret that no caller knows.</summary>
    /// <param name="settings">Name, role, patterns and limits.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The key and its secret, which no other call returns.</returns>
    /// <exception cref="Errors.InvalidRequestException">A setting is out of range.</exception>
    public virtual async Task<IssuedKey> CreateAsync(KeySettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Wire.CreateKeyRequest request = new() { Key = KeyMapping.Map(settings) };
        Wire.CreateKeyResponse response =
            await _core.Calls.RunAsync(CreateMethod, CallClass.Admin, _stub.CreateKeyAsync, request, cancellationToken)
                .ConfigureAwait(false);
        return new IssuedKey(KeyMapping.Map(response.Key), response.Secret);
    }

    /// <summary>Lists keys by id, revoked ones included.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Keys.</returns>
    public virtual IAsyncEnumerable<ApiKeyInfo> ListAsync(CancellationToken cancellationToken = default) => Paging.ReadAsync(
        (token, ct) => _core.Calls.RunAsync(
            ListMethod, CallClass.Read, _stub.ListKeysAsync, new Wire.ListKeysRequest { PageToken = token }, ct),
        static page => page.Keys.Select(KeyMapping.Map),
        static page => page.NextPageToken,
        cancellationToken);

    /// <summary>Gives a key a new secret. The call is not retried.</summary>
    /// <param name="key">Id of the key.</param>
    /// <param name="overlap">How long the old secret stays valid, 0 to 30 days; null: one day.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The key and its new secret.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">The key does not exist.</exception>
    public virtual async Task<IssuedKey> RotateAsync(
        string key, TimeSpan? overlap = null, CancellationToken cancellationToken = default)
    {
        Wire.RotateKeyRequest request = new()
        {
            Name = WireNames.Key(key),
            Overlap = overlap is { } given ? Duration.FromTimeSpan(given) : null,
        };
        Wire.RotateKeyResponse response =
            await _core.Calls.RunAsync(RotateMethod, CallClass.Admin, _stub.RotateKeyAsync, request, cancellationToken)
                .ConfigureAwait(false);
        return new IssuedKey(KeyMapping.Map(response.Key), response.Secret);
    }

    /// <summary>Ends a key. New calls with it are rejected at once, open streams within a second.</summary>
    /// <param name="key">Id of the key.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The revoked key.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">The key does not exist.</exception>
    public virtual async Task<ApiKeyInfo> RevokeAsync(string key, CancellationToken cancellationToken = default)
    {
        Wire.RevokeKeyRequest request = new() { Name = WireNames.Key(key) };
        Wire.RevokeKeyResponse response =
            await _core.Calls.RunAsync(RevokeMethod, CallClass.Admin, _stub.RevokeKeyAsync, request, cancellationToken)
                .ConfigureAwait(false);
        return KeyMapping.Map(response.Key);
    }
}
