using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Keys;

/// <summary>Validates and runs requests of the key service.</summary>
internal sealed class KeyRequests(KeyStore keys, IChangeFeed changes, TimeProvider clock)
{
    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(30);

    public async Task<CreateKeyResponse> CreateAsync(CreateKeyRequest request, CancellationToken cancellationToken)
    {
        if (request.Key.ExpireTime is { } expires && expires.ToDateTimeOffset() <= clock.GetUtcNow())
        {
            throw Fault.InvalidField("key.expire_time", "must be in the future");
        }

        (KeyEntry key, string secret) = await keys.RunAsync(store => store.Create(request.Key), cancellationToken);
        await TryShareAsync(cancellationToken);
        return new CreateKeyResponse { Key = KeyMapping.ToProto(key), Secret = secret };
    }

    public ListKeysResponse List(ListKeysRequest request)
    {
        int size = Paging.Size(request.PageSize);
        IReadOnlyList<KeyEntry> page = keys.List(Paging.Key(request.PageToken), size + 1);
        return new ListKeysResponse
        {
            Keys = { page.Take(size).Select(KeyMapping.ToProto) },
            NextPageToken = page.Count > size ? Paging.Token(page[size - 1].Row.Id) : string.Empty,
        };
    }

    public async Task<RotateKeyResponse> RotateAsync(RotateKeyRequest request, CancellationToken cancellationToken)
    {
        TimeSpan overlap = request.Overlap?.ToTimeSpan() ?? DefaultOverlap;
        if (overlap < TimeSpan.Zero || overlap > MaxOverlap)
        {
            throw Fault.InvalidField("overlap", "must be 0 to 30 days");
        }

        string id = IdOf(request.Name);
        (KeyEntry key, string secret) = await keys.RunAsync(store => store.Rotate(id, overlap), cancellationToken);
        await TryShareAsync(cancellationToken);
        return new RotateKeyResponse { Key = KeyMapping.ToProto(key), Secret = secret };
    }

    public async Task<RevokeKeyResponse> RevokeAsync(RevokeKeyRequest request, CancellationToken cancellationToken)
    {
        string id = IdOf(request.Name);
        KeyEntry revoked = await keys.RunAsync(store => store.Revoke(id), cancellationToken);
        return await changes.WaitForAllAsync(cancellationToken) is { Count: > 0 } behind
            ? throw Fault.MembersBehind($"'{request.Name}' is revoked.", behind)
            : new RevokeKeyResponse { Key = KeyMapping.ToProto(revoked) };
    }

    /// <summary>Waits until all members know a new secret. A failure here must not lose the secret, which the answer has.</summary>
    private async Task TryShareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await changes.WaitForAllAsync(cancellationToken);
        }
        catch (ServiceException)
        {
            // The members read the key when the database works again.
        }
    }

    private static string IdOf(string name) =>
        ResourceNames.TryParse(name, ResourceNames.KeyPrefix, out string id)
            ? id
            : throw Fault.InvalidField("name", $"must be '{ResourceNames.KeyPrefix}' and an id");
}
