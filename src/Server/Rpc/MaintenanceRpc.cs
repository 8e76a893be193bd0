using Grpc.Core;
using TopicGrpc.Server.Backups;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Verification;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>MaintenanceService</c>.</summary>
internal sealed class MaintenanceRpc(BackupStream backups, VerificationStream verification) : MaintenanceService.MaintenanceServiceBase
{
    /// <inheritdoc/>
    public override Task CreateBackup(
        IAsyncStreamReader<CreateBackupRequest> requestStream,
        IServerStreamWriter<CreateBackupResponse> responseStream,
        ServerCallContext context) =>
        backups.RunAsync(requestStream, responseStream, CallBody.Of(context.GetHttpContext()), context.CancellationToken);

    /// <inheritdoc/>
    public override Task VerifyData(
        VerifyDataRequest request,
        IServerStreamWriter<VerifyDataResponse> responseStream,
        ServerCallContext context) =>
        verification.RunAsync(responseStream, context.CancellationToken);
}
