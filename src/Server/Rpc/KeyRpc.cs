using Grpc.Core;
using TopicGrpc.Server.Keys;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>KeyService</c>.</summary>
internal sealed class KeyRpc(KeyRequests keys) : KeyService.KeyServiceBase
{
    /// <inheritdoc/>
    public override Task<CreateKeyResponse> CreateKey(CreateKeyRequest request, ServerCallContext context) =>
        keys.CreateAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListKeysResponse> ListKeys(ListKeysRequest request, ServerCallContext context) =>
        Task.FromResult(keys.List(request));

    /// <inheritdoc/>
    public override Task<RotateKeyResponse> RotateKey(RotateKeyRequest request, ServerCallContext context) =>
        keys.RotateAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<RevokeKeyResponse> RevokeKey(RevokeKeyRequest request, ServerCallContext context) =>
        keys.RevokeAsync(request, context.CancellationToken);
}
